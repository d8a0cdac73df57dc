package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackageMarksTest {
  private static final String MAIN = "data/src/main/java/io/ppio/data/";
  private static final String TEST = "data/src/test/java/io/ppio/data/";
  private static final String MARKED = "/// Bytes.\n@NullMarked package io.ppio.data;";

  @Test
  void aPackageWithoutADescriptionIsFound() {
    assertEquals(
        List.of(MAIN + "A.java:1: its package has no package-info.java"),
        Planted.findings(new PackageMarks(), MAIN + "A.java", ""));
    assertEquals(
        List.of(),
        Planted.findings(
            new PackageMarks(), MAIN + "A.java", "", MAIN + "package-info.java", MARKED));
  }

  @Test
  void aDescriptionThatIsNotNullMarkedOrEmptyIsFound() {
    assertEquals(
        List.of(MAIN + "package-info.java:1: the package is not @NullMarked"),
        Planted.findings(
            new PackageMarks(), MAIN + "package-info.java", "/// Bytes.\npackage io.ppio.data;"));
    assertEquals(
        List.of(MAIN + "package-info.java:1: says nothing about the package"),
        Planted.findings(
            new PackageMarks(), MAIN + "package-info.java", "@NullMarked package io.ppio.data;"));
  }

  @Test
  void testsOfADescribedPackageNeedNoSecondDescription() {
    assertEquals(
        List.of(),
        Planted.findings(
            new PackageMarks(), MAIN + "package-info.java", MARKED, TEST + "ATest.java", ""));
    assertEquals(
        List.of(TEST + "extra/ATest.java:1: its package has no package-info.java"),
        Planted.findings(
            new PackageMarks(), MAIN + "package-info.java", MARKED, TEST + "extra/ATest.java", ""));
  }
}
