package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestRepeatsTest {
  private final Map<String, String> texts = new TreeMap<>();

  private TestRepeatsTest plant(String folder, String name, String body) {
    String packageName =
        folder.substring(folder.indexOf("/java/") + "/java/".length()).replace('/', '.');
    texts.put(
        folder + "/" + name + ".java",
        "package " + packageName + ";\nclass " + name + " {" + body + "}");
    return this;
  }

  private static String method(String name, int lines, String indent) {
    return IntStream.range(0, lines)
        .mapToObj(i -> indent + "count(" + i + ");\n")
        .collect(Collectors.joining("", "\nvoid " + name + "() {\n", "}\n"));
  }

  private List<String> findings() {
    return TestRepeats.check(JavaSource.parse(texts)).stream().map(Finding::toString).toList();
  }

  @Test
  void whatTwoModulesEachWriteForThemselvesIsFine() {
    plant("data/src/test/java/io/ppio/data", "ATest", method("one", 5, "  "));
    plant("env/real/src/test/java/io/ppio/env", "BTest", method("two", 4, "    "));
    assertEquals(List.of(), findings());
  }

  @Test
  void aRunOfEqualLinesInTwoModulesIsFound() {
    plant("data/src/test/java/io/ppio/data", "ATest", method("one", 9, "  "));
    plant(
        "env/real/src/test/java/io/ppio/env", "BTest", "\n" + method("two", 12, "    // more\n  "));
    assertEquals(
        List.of(
            "env/real/src/test/java/io/ppio/env/BTest.java:6: BTest repeats lines: those of"
                + " data/src/test/java/io/ppio/data/ATest.java from line 4 on,"
                + " publish them in a package 'fixtures'"),
        findings());
  }

  @Test
  void aTypeOfTheSameNameInTwoModulesIsFound() {
    plant("data/src/test/java/io/ppio/data", "Rig", "");
    plant("node/src/test/java/io/ppio/node", "Rig", "");
    assertEquals(
        List.of(
            "node/src/test/java/io/ppio/node/Rig.java:2: Rig:"
                + " is in data/src/test/java/io/ppio/data/Rig.java as well,"
                + " publish it in a package 'fixtures'"),
        findings());
  }

  @Test
  void aNestedTypeIsTheSameWhenItsMembersAre() {
    plant("data/src/test/java/io/ppio/data", "ATest", "interface Body { void run(Env env); }");
    plant(
        "node/src/test/java/io/ppio/node",
        "BTest",
        "interface Body { void run(Clock clock, int n); }");
    plant("env/src/test/java/io/ppio/env", "CTest", "record Body(int size) {}");
    assertEquals(List.of(), findings());
    plant("sim/src/test/java/io/ppio/sim", "DTest", "interface Body { void run(Env world); }");
    assertEquals(1, findings().size());
  }

  @Test
  void oneModuleMayRepeatItselfAndFixturesMayBeWhatOthersHad() {
    plant("data/src/test/java/io/ppio/data", "ATest", method("one", 12, "  "));
    plant("data/src/test/java/io/ppio/data", "BTest", method("two", 12, "  "));
    plant("env/src/test/java/io/ppio/env/fixtures", "Counting", method("three", 12, "  "));
    plant("env/src/main/java/io/ppio/env", "Real", method("four", 12, "  "));
    assertEquals(List.of(), findings());
  }
}
