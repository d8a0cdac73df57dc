package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigPageTest {
  private static final String CONSTANTS =
      """
      public enum Setting {
        RPC_PORT("RPCPort", 18060, "port"),
        DEBUG("Debug", false, "more events"),
        ORIGINS(
            "Origins", Kind.ARRAY, "origins"),
        GENESIS("Genesis", "", "document");
        case RPC_PORT -> "rpcport";
      """;
  private static final String TABLE =
      """
      # Configuration
      ## poss.conf
      Text.

      | Member | Type | Default | Variable | Meaning |
      |---|---|---|---|---|
      | `RPCPort` | number | `18060` | `POSS_RPCPORT` | port |
      | `Debug` | flag | `false` | `POSS_DEBUG` | more events |
      | `Origins` | array | empty | none | origins |
      | `Genesis` | text | empty | `POSS_GENESIS` | document |

      ## Other
      | a | b |
      """;

  private static List<String> findings(String source, String page) {
    return Planted.findings(new ConfigPage(), ConfigPage.SOURCE, source, ConfigPage.PAGE, page);
  }

  @Test
  void aTableThatSaysWhatTheSourceSaysIsFine() {
    assertEquals(List.of(), findings(CONSTANTS, TABLE));
  }

  @Test
  void aStaleMissingOrForeignRowIsFound() {
    assertEquals(
        List.of(
            "docs/reference/config.md:7: should be:"
                + " | `RPCPort` | number | `18061` | `POSS_RPCPORT` | port |"),
        findings(CONSTANTS.replace("18060", "18061"), TABLE));
    assertEquals(
        List.of(
            "docs/reference/config.md:10: should be:"
                + " | `Genesis` | text | empty | `POSS_GENESIS` | document |"),
        findings(CONSTANTS, TABLE.replaceAll("\\| `Genesis.*\n", "")));
    assertEquals(
        List.of("docs/reference/config.md:11: no such setting"),
        findings(CONSTANTS, TABLE.replace("document |\n", "document |\n| `Old` | text |\n")));
  }

  @Test
  void aConstantThatCannotBeReadIsFound() {
    assertEquals(
        "interface/src/main/java/io/ppio/api/config/Setting.java:2:"
            + " needs the form NAME(\"Path\", default, \"...\")",
        findings(CONSTANTS.replace("18060", "PORT"), TABLE).getFirst());
  }

  @Test
  void withoutAPageThereIsAFinding() {
    assertEquals(
        List.of("docs/reference/config.md:1: does not exist"),
        Planted.findings(new ConfigPage(), ConfigPage.SOURCE, CONSTANTS));
  }
}
