package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocLinksTest {
  private final DocLinks rule = new DocLinks();

  @Test
  void linksAreResolvedFromThePageTheyStandOn() {
    assertEquals(
        List.of(),
        Planted.findings(
            rule,
            "docs/a.md",
            "See [b](protocol/b.md), [root](../README.md), [web](https://example.org/x) and [folder](protocol/).",
            "docs/protocol/b.md",
            "[a](../a.md)",
            "README.md",
            ""));
    assertEquals(
        List.of("docs/a.md:2: docs/c.md does not exist"),
        Planted.findings(rule, "docs/a.md", "# A\nSee [c](c.md)."));
  }

  @Test
  void headingsBehindAHashExist() {
    String page = "# The `DHT`: how it works\n[self](#the-dht-how-it-works)\n";
    assertEquals(List.of(), Planted.findings(rule, "a.md", page));
    assertEquals(
        List.of("a.md:1: b.md has no heading #lost"),
        Planted.findings(rule, "a.md", "[b](b.md#lost)", "b.md", "# Found"));
  }

  @Test
  void codeIsNoLink() {
    assertEquals(
        List.of(), Planted.findings(rule, "a.md", "`x[0](gone.md)`\n```\n[a](gone.md)\n```\n"));
  }

  @Test
  void pagesThatSourcesNameExist() {
    assertEquals(
        List.of("data/A.java:2: docs/formats/plot.md does not exist"),
        Planted.findings(rule, "data/A.java", "\n/// Bytes: docs/formats/plot.md#header."));
    assertEquals(
        List.of(),
        Planted.findings(rule, "data/A.java", "/// docs/x.md#a-b", "docs/x.md", "## A b"));
  }
}
