package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportCountTest {
  private static List<String> places(String folder, int types, String more) {
    String imports =
        IntStream.range(0, types)
            .mapToObj(i -> "import io.ppio.env.Type" + i + ";\n")
            .collect(Collectors.joining());
    return Planted.places(
        new ImportCount(),
        "data/src/" + folder + "/java/io/ppio/data/hash/Hash.java",
        "package io.ppio.data.hash;\n" + imports + more);
  }

  @Test
  void oneTypeTooManyIsFound() {
    assertEquals(List.of(), places("main", 25, "class Hash {}"));
    assertEquals(
        List.of("27: Hash: names 26 types of other packages, more than 25"),
        places("main", 26, "class Hash {}"));
    assertEquals(
        List.of("27: Hash: names 26 types of other packages, more than 25"),
        places("main", 25, "class Hash { io.ppio.physical.disk.Quota quota; }"));
  }

  @Test
  void aTypeCountsOnceAndOnlyWhereItIsOursAndOfAnotherPackage() {
    assertEquals(
        List.of(),
        places(
            "main",
            25,
            "import io.ppio.env.Type3.Inner; import static io.ppio.env.Type4.MAX;"
                + " import static io.ppio.data.hash.Other.MIN; import java.util.List;"
                + " class Hash { io.ppio.env.Type5 five; }"));
  }

  @Test
  void testsMayNameWhatTheyLike() {
    assertEquals(List.of(), places("test", 40, "class HashTest {}"));
  }
}
