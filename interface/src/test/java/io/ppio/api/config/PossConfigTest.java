package io.ppio.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// `poss.conf` as the SDK rewrites it (interface specification 5.1, conformance case 46).
class PossConfigTest {
  private static PossConfig parse(String text) throws IOException {
    return PossConfig.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void numbersMayBeTextAndNullMeansTheDefault() throws IOException {
    PossConfig config = parse("{\"RPCPort\":\"18001\",\"CPoolAccount\":null,\"Zone\":\" 2 \"}");
    assertEquals(18001, config.number(Setting.RPC_PORT, 0, 65535));
    assertEquals("", config.text(Setting.C_POOL_ACCOUNT));
    assertEquals(PossConfig.Origin.DEFAULT, config.origin(Setting.C_POOL_ACCOUNT));
    assertEquals(2, config.number(Setting.ZONE, 0, 100));
  }

  @Test
  void unknownMembersAreKeptAndMissingOnesAdded() throws IOException {
    PossConfig config = parse("{\"Mine\":{\"a\":[1]},\"Net\":{\"TCPPort\":1}}");
    config.complete();
    String text = new String(config.toBytes(), StandardCharsets.UTF_8);
    PossConfig again = parse(text);
    assertTrue(text.contains("\"Mine\""));
    assertEquals(1, again.number(Setting.NET_TCP_PORT, 0, 65535));
    assertEquals("", again.text(Setting.C_POOL_URL));
    assertEquals(PossConfig.Origin.FILE, again.origin(Setting.C_POOL_URL));
    assertEquals(8020, again.bootstrap().getFirst().tcpPort());
    assertFalse(text.contains("KeyPassphrase"));
  }

  @Test
  void mobileFormOfThePortsAndTheMisspeltFolderHaveTheirAliases() throws IOException {
    PossConfig config = parse("{\"TCPPort\":9001,\"StoragePath\":\"cache\"}");
    assertEquals(9001, config.number(Setting.NET_TCP_PORT, 0, 65535));
    assertEquals("cache", config.text(Setting.STORAGE_PATH));
  }

  @Test
  void optionsComeBeforeTheEnvironmentAndTheFile() throws IOException {
    PossConfig config = parse("{\"RPCPort\":1}");
    config.override(Setting.RPC_PORT, "2", PossConfig.Origin.OPTION);
    config.override(Setting.RPC_PORT, "3", PossConfig.Origin.ENVIRONMENT);
    assertEquals(2, config.number(Setting.RPC_PORT, 0, 65535));
    assertEquals(PossConfig.Origin.OPTION, config.origin(Setting.RPC_PORT));
  }

  @Test
  void secretsAreNeverShown() throws IOException {
    PossConfig config = parse("{\"KeyPassphrase\":\"hunter2\"}");
    config.override(Setting.PRIVATE_KEY, "abcd", PossConfig.Origin.OPTION);
    String shown = config.effective().toString();
    assertFalse(shown.contains("hunter2"));
    assertFalse(shown.contains("abcd"));
  }

  @Test
  void durationsAreSecondsOrGoSyntax() throws IOException {
    assertEquals(Duration.ofMinutes(2), parse("{}").duration(Setting.TIMEOUT_PROGRESS));
    assertEquals(
        Duration.ofMinutes(2),
        parse("{\"TimeoutProgress\":\"2m\"}").duration(Setting.TIMEOUT_PROGRESS));
    assertEquals(
        Duration.ofSeconds(7), parse("{\"TimeoutProgress\":7}").duration(Setting.TIMEOUT_PROGRESS));
  }

  @Test
  void badValuesNameTheirMember() throws IOException {
    PossConfig config = parse("{\"RPCPort\":\"many\",\"Bootstrap\":[{\"TCPPort\":\"70000\"}]}");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> config.number(Setting.RPC_PORT, 0, 65535));
    assertTrue(String.valueOf(refused.getMessage()).contains("RPCPort"));
    assertThrows(IllegalArgumentException.class, config::bootstrap);
    assertThrows(IOException.class, () -> parse("[]"));
  }
}
