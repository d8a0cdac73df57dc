package io.ppio.api.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `poss`.
@CommandLine.Command(
    name = "poss",
    description = "Store and fetch objects through a PPIO user node.",
    subcommands = {
      CommandLine.HelpCommand.class,
      ServiceCommands.Init.class,
      ServiceCommands.Start.class,
      ServiceCommands.Stop.class,
      ServiceCommands.Config.class,
      BucketCommands.Create.class,
      BucketCommands.Delete.class,
      BucketCommands.ListAll.class,
      BucketCommands.Head.class,
      ObjectCommands.Put.class,
      ObjectCommands.Get.class,
      ObjectCommands.Head.class,
      ObjectCommands.Delete.class,
      ObjectCommands.Move.class,
      ObjectCommands.Status.class,
      ObjectCommands.StatusSync.class,
      ObjectCommands.ListAll.class,
      TaskCommands.ListAll.class,
      TaskCommands.Get.class,
      TaskCommands.Pause.class,
      TaskCommands.Resume.class,
      TaskCommands.Delete.class,
      TaskCommands.DeleteSync.class,
      NetCommands.Net.class,
      NetCommands.WalletAccount.class,
      NetCommands.ApiVersion.class
    },
    footer = {
      "",
      "Examples:",
      "  poss start --daemon",
      "  poss create-bucket --bucket=photos",
      "  poss put-object --bucket=photos --key=tree.jpg --body=tree.jpg --expires=2027-06-01",
      "  poss get-object --bucket=photos --key=tree.jpg --outfile=copy.jpg"
    })
public final class PossMain implements Runnable {
  static final String VERSION = "0.1.0";

  private static final int HELP_WIDTH = 100;

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
    System.exit(run(args));
  }

  static int run(String... args) {
    return execute(new CommandLine(new PossMain()), args);
  }

  /// Runs one command of either program.
  ///
  /// @return the exit status
  static int execute(CommandLine command, String... args) {
    command.setUsageHelpWidth(HELP_WIDTH);
    command.setParameterExceptionHandler(PossMain::usageError);
    command.setExecutionExceptionHandler((failure, line, _) -> {
      if (failure instanceof InterruptedException) {
        return 130;
      }
      line.getErr().println(CliFailure.GENERAL + ": internal error: " + failure);
      return CliFailure.EXIT_FAILED;
    });
    return command.execute(Arguments.normalised(args));
  }

  private static int usageError(ParameterException failure, String... args) {
    CommandLine command = failure.getCommandLine();
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    List<String> alike = List.of();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      alike = unmatched.getSuggestions();
      String first = unmatched.getUnmatched().getFirst();
      message = (first.startsWith("-") ? "unknown option " : "unknown command ") + first;
    }
    command
        .getErr()
        .println(
            CliFailure.ILLEGAL_OPTION
                + ": "
                + message
                + (alike.isEmpty() ? "" : "; did you mean " + alike.getFirst() + "?")
                + " (see '"
                + command.getCommandSpec().qualifiedName()
                + " --help')");
    return CliFailure.EXIT_USAGE;
  }

  @Override
  public void run() {
    if (version) {
      spec.commandLine().getOut().println("poss version " + VERSION);
      return;
    }
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
