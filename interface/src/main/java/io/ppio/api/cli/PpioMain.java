package io.ppio.api.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program `ppio`: nodes, local networks, the demonstration. `ppio sim` and `ppio bench` have
/// programs of their own, which the launcher chooses.
@CommandLine.Command(
    name = "ppio",
    description = "Object storage on machines nobody has to trust.",
    subcommands = {
      CommandLine.HelpCommand.class,
      DemoCommand.class,
      DevnetCommands.class,
      NodeCommand.class
    },
    footer = {
      "",
      "Also: ppio sim WORLD --seeds A..B, ppio bench NAME (see their --help)",
      "",
      "Examples:",
      "  ppio demo",
      "  ppio demo --file holiday.mp4",
      "  ppio devnet up --detach"
    })
public final class PpioMain implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = {"-v", "--version"},
      description = "print the version")
  boolean version;

  /// Runs one command and ends the process with its exit status.
  public static void main(String... args) {
    System.exit(CommandRunner.of(new CommandLine(new PpioMain()), args));
  }

  @Override
  public void run() {
    if (version) {
      spec.commandLine().getOut().println("ppio version " + PossMain.VERSION);
      return;
    }
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
