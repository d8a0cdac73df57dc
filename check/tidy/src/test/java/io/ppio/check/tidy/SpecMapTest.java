package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecMapTest {
  private static List<String> findings(String row) {
    return Planted.findings(
        new SpecMap(),
        "docs/spec-map.md",
        "| Section | Statement | Class | Test |\n|---|---|---|---|\n" + row + "\n",
        "data/src/main/java/io/ppio/data/hash/Hash.java",
        "",
        "data/src/test/java/io/ppio/data/hash/HashTest.java",
        "");
  }

  @Test
  void aRowNamesAClassAndATestThatExist() {
    assertEquals(
        List.of(), findings("| data 0 | hashes | `data.hash.Hash` | `data.hash.HashTest` |"));
    assertEquals(
        List.of("docs/spec-map.md:3: io.ppio.data.Gone does not exist under src main java"),
        findings("| data 0 | hashes | `data.Gone` | `data.hash.HashTest` |"));
    assertEquals(
        List.of("docs/spec-map.md:3: io.ppio.data.hash.Hash does not exist under src test java"),
        findings("| data 0 | hashes | `data.hash.Hash` | `data.hash.Hash` |"));
  }

  @Test
  void aRowWithoutATestIsFound() {
    assertEquals(
        List.of("docs/spec-map.md:3: names no class in '-'"),
        findings("| data 0 | hashes | `data.hash.Hash` | - |"));
    assertEquals(
        List.of("docs/spec-map.md:3: a row has four cells: section, statement, class, test"),
        findings("| data 0 | hashes |"));
  }

  @Test
  void aDepartureNamesItsDecisionInstead() {
    assertEquals(
        List.of(),
        findings("| data 0 | hashes | departs: [0007](decisions/0007-other-hash.md) | - |"));
    assertEquals(2, findings("| data 0 | hashes | departs | - |").size());
  }
}
