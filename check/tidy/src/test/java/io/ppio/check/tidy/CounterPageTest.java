package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CounterPageTest {
  private static final String SOURCE = "node/src/main/java/io/ppio/node/miner/MinerCounter.java";
  private static final String CONSTANTS =
      """
      public enum MinerCounter implements Counter {
        FREE_TILES("tiles", "could be taken now"),
        VOUCHERS(
            "vouchers", "taken");

        private final String unit;
      """;
  private static final String TABLE =
      """
      # Counters
      Text.

      ## Miner

      | Figure | Unit | Meaning |
      |---|---|---|
      | `free-tiles` | tiles | could be taken now |
      | `vouchers` | vouchers | taken |
      """;

  private static List<String> findings(String source, String page) {
    return Planted.findings(new CounterPage(), SOURCE, source, CounterPage.PAGE, page);
  }

  @Test
  void aPageThatSaysWhatTheEnumsSayIsFine() {
    assertEquals(List.of(), findings(CONSTANTS, TABLE));
  }

  @Test
  void aStaleMissingOrForeignRowIsFound() {
    assertEquals(
        List.of(
            "docs/reference/counters.md:8: should be: | `free-tiles` | bytes | could be taken now |"),
        findings(CONSTANTS.replace("\"tiles\"", "\"bytes\""), TABLE));
    assertEquals(
        List.of("docs/reference/counters.md:9: should be: | `vouchers` | vouchers | taken |"),
        findings(CONSTANTS, TABLE.replaceAll("\\| `vouchers.*\n", "")));
    assertEquals(
        List.of("docs/reference/counters.md:10: no such counter"),
        findings(CONSTANTS, TABLE + "| `old` | none | nobody |\n"));
  }

  @Test
  void withoutAPageThereIsAFinding() {
    assertEquals(
        List.of("docs/reference/counters.md:1: should be: ## Miner"),
        Planted.findings(new CounterPage(), SOURCE, CONSTANTS));
  }
}
