package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PomLayersTest {
  private static String dependency(String artifact) {
    return "<dependency>\n<groupId>io.ppio</groupId><artifactId>"
        + artifact
        + "</artifactId></dependency>";
  }

  @Test
  void aModuleDependsOnLowerOnesOnly() {
    assertEquals(
        List.of(),
        Planted.findings(
            new PomLayers(), "data/pom.xml", dependency("physical") + dependency("env")));
    assertEquals(
        List.of("data/pom.xml:1: may not depend on node"),
        Planted.findings(new PomLayers(), "data/pom.xml", dependency("node")));
  }

  @Test
  void nothingDependsOnTidyAndTidyOnNothing() {
    assertEquals(
        1, Planted.findings(new PomLayers(), "check/bench/pom.xml", dependency("tidy")).size());
    assertEquals(
        1, Planted.findings(new PomLayers(), "check/tidy/pom.xml", dependency("env")).size());
  }

  @Test
  void theRootListsTheModulesFromTheLowestUp() {
    String good = "<module>env/api</module>\n<module>data</module>";
    assertEquals(
        List.of(),
        Planted.findings(
            new PomLayers(), "pom.xml", good, "env/api/pom.xml", "", "data/pom.xml", ""));
    String bad = "<module>data</module>\n<module>env/api</module>";
    assertEquals(
        List.of("pom.xml:2: env/api is not in its place among the layers"),
        Planted.findings(
            new PomLayers(), "pom.xml", bad, "env/api/pom.xml", "", "data/pom.xml", ""));
    assertEquals(
        List.of("pom.xml:2: data has no pom"),
        Planted.findings(new PomLayers(), "pom.xml", good, "env/api/pom.xml", ""));
  }
}
