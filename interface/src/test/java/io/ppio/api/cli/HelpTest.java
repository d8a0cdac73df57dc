package io.ppio.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
  private static void showsAnExampleOfItself(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    String help = command.getUsageMessage();
    int examples = help.indexOf("Example");
    assertTrue(examples > 0, name);
    assertTrue(help.indexOf(name.split(" ", 2)[0], examples) > 0, name);
    assertEquals("--help", longest(command.getCommandSpec().findOption("-h").names()), name);
    for (var option : command.getCommandSpec().options()) {
      assertFalse(option.description().length == 0, () -> name + " " + option.longestName());
    }
    command
        .getSubcommands()
        .forEach((sub, line) -> {
          if (!sub.equals("help")) {
            showsAnExampleOfItself(line);
          }
        });
  }

  private static String longest(String... names) {
    return List.of(names).stream()
        .max(java.util.Comparator.comparingInt(String::length))
        .orElse("");
  }

  @Test
  void everyCommandOfPossExplainsItsOptionsAndShowsAnExample() {
    showsAnExampleOfItself(new CommandLine(new PossMain()));
  }

  @Test
  void everyCommandOfPpioExplainsItsOptionsAndShowsAnExample() {
    showsAnExampleOfItself(new CommandLine(new PpioMain()));
  }

  @Test
  void theForegroundChildGetsTheOptionsButNotTheOneForTheBackground() {
    assertEquals(
        List.of("--datadir", "start-here", "--rpcport=1"),
        ServiceCommands.foregroundArgs(
            List.of(
                "--daemon", "true", "--datadir", "start-here", "--daemon=true", "--rpcport=1")));
  }
}
