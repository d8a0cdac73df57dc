package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestHabitsTest {
  private static List<String> messages(String type, String text) {
    return Planted.messages(
        new TestHabits(),
        "data/src/test/java/io/ppio/data/" + type + ".java",
        "package io.ppio.data; " + text);
  }

  @Test
  void aTestThatNoBuildRunsIsFound() {
    String body = " { @Test void addsUp() {} }";
    assertEquals(
        List.of("holds tests that no build runs: its name must end in Test"),
        messages("SumTests", "class SumTests" + body));
    assertEquals(List.of(), messages("SumTest", "class SumTest" + body));
    assertEquals(List.of(), messages("SumContract", "abstract class SumContract" + body));
    assertEquals(List.of(), messages("Fixtures", "class Fixtures { int sum() { return 1; } }"));
  }

  @Test
  void aTestThatIsSwitchedOffMocksOrCannotFailIsFound() {
    assertEquals(
        List.of("no test is switched off: mend it or remove it"),
        messages("ATest", "class ATest { @Disabled @Test void works() {} }"));
    assertEquals(
        List.of("no mocks: use the real object or a small real fake"),
        messages("ATest", "import static org.mockito.Mockito.mock; class ATest {}"));
    assertEquals(
        List.of("an assertion that cannot fail"),
        messages("ATest", "class ATest { @Test void works() { assertTrue(true); } }"));
  }

  @Test
  void namesOfTestsStateFacts() {
    String complaint = ": a name states the fact, without test or should";
    assertEquals(
        List.of("testSum" + complaint, "shouldAdd" + complaint),
        messages("ATest", "class ATest { @Test void testSum() {} @Test void shouldAdd() {} }"));
    assertEquals(
        List.of(),
        messages(
            "ATest",
            "class ATest { @Test void testsOfOthersPass() {} @Test void shoulderBears() {} }"));
  }

  @Test
  void mainSourcesAreNotLookedAt() {
    assertEquals(
        List.of(),
        Planted.messages(
            new TestHabits(),
            "data/src/main/java/io/ppio/data/A.java",
            "class A { @Test void testA() {} }"));
  }
}
