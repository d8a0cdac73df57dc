package io.ppio.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.api.config.PossConfig;
import io.ppio.api.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What `--debug`, `--verbose` and the levels do together.
class LogLevelsTest {
  private static PossConfig parse(String text) throws IOException {
    return PossConfig.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void debugGivesTheFileEveryEvent() throws IOException {
    assertEquals("INFO", ServiceCommands.fileLevel(parse("{}")));
    assertEquals(
        "DEBUG", ServiceCommands.fileLevel(parse("{\"Debug\":true,\"FileLogLevel\":\"WARN\"}")));
    PossConfig option = parse("{\"Debug\":true,\"FileLogLevel\":\"WARN\"}");
    option.override(Setting.DEBUG, "false", PossConfig.Origin.OPTION);
    assertEquals("WARN", ServiceCommands.fileLevel(option));
  }

  @Test
  void stderrIsSilentUnlessAskedFor() throws IOException {
    assertEquals("OFF", ServiceCommands.consoleLevel(parse("{\"ConsoleLogLevel\":\"WARN\"}")));
    assertEquals(
        "WARN",
        ServiceCommands.consoleLevel(parse("{\"Verbose\":true,\"ConsoleLogLevel\":\"WARN\"}")));
    assertEquals("INFO", ServiceCommands.consoleLevel(parse("{\"EnableConsoleLog\":true}")));
    PossConfig option = parse("{}");
    option.override(Setting.CONSOLE_LOG_LEVEL, "ERROR", PossConfig.Origin.OPTION);
    assertEquals("ERROR", ServiceCommands.consoleLevel(option));
  }
}
