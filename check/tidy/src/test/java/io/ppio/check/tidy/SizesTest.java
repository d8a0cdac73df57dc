package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SizesTest {
  private static final String PATH = "data/src/main/java/io/ppio/data/A.java";
  private final Sizes rule = new Sizes(Map.of());

  private static String method(int lines) {
    return "class A {\n  void a() {\n" + "    a();\n".repeat(lines - 2) + "  }\n}\n";
  }

  @Test
  void aMethodMayHaveSixtyLines() {
    assertEquals(List.of(), Planted.messages(rule, PATH, method(60)));
    assertEquals(
        List.of("2: a() has 61 lines, at most 60"), Planted.places(rule, PATH, method(61)));
  }

  @Test
  void documentationOfAMethodIsNotCounted() {
    String text = method(60).replace("  void a()", "  /// One line.\n".repeat(20) + "  void a()");
    assertEquals(List.of(), Planted.messages(rule, PATH, text));
  }

  @Test
  void aLineMayHave120CharactersHoweverManyBytes() {
    String line = "// " + "ö".repeat(117);
    assertEquals(List.of(), Planted.messages(rule, PATH, line + "\nclass A {}"));
    assertEquals(
        List.of("1: 121 characters, at most 120"),
        Planted.places(rule, PATH, line + "x\nclass A {}"));
  }

  @Test
  void aFileMayHave500LinesOr800WithAReason() {
    String text = "class A {}\n" + "//\n".repeat(500);
    assertEquals(
        List.of("501 lines, at most 500: a class is missing"), Planted.messages(rule, PATH, text));
    assertEquals(List.of(), Planted.messages(new Sizes(Map.of(PATH, "one grammar")), PATH, text));
    assertEquals(
        List.of("801 lines, at most 800: a class is missing"),
        Planted.messages(
            new Sizes(Map.of(PATH, "one grammar")), PATH, "class A {}\n" + "//\n".repeat(800)));
  }

  @Test
  void fiveParametersAreEnoughForMethodsAndConstructorsButRecordsAndTablesHoldWhatTheyHold() {
    String six = "(int a, int b, int c, int d, int e, int f)";
    assertEquals(
        List.of("m() has 6 parameters, at most 5: a value is missing"),
        Planted.messages(rule, PATH, "class A { void m" + six + " {} }"));
    assertEquals(
        List.of("constructor has 6 parameters, at most 5: a value is missing"),
        Planted.messages(rule, PATH, "class A { A" + six + " {} }"));
    assertEquals(List.of(), Planted.messages(rule, PATH, "record A" + six + " { A { } }"));
    assertEquals(
        List.of(),
        Planted.messages(rule, PATH, "class A { @ParameterizedTest void m" + six + " {} }"));
  }
}
