package io.ppio.api.cli;

import io.ppio.api.sdk.DaemonFailure;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// How every program of the project runs a command line: a failure is one line on the error stream
/// and an exit status, never a stack trace.
public final class CommandRunner {
  private static final int HELP_WIDTH = 100;
  private static final int EXIT_INTERRUPTED = 130;

  private CommandRunner() {}

  /// Runs one command.
  ///
  /// @return the exit status
  public static int of(CommandLine command, String... args) {
    command.setUsageHelpWidth(HELP_WIDTH);
    command.setParameterExceptionHandler(CommandRunner::usageError);
    command.setExecutionExceptionHandler((failure, line, _) -> {
      if (failure instanceof InterruptedException) {
        return EXIT_INTERRUPTED;
      }
      CliFailure told =
          switch (failure) {
            case CliFailure known -> known;
            case DaemonFailure daemon -> CliFailure.of(daemon);
            case IOException disk -> CliFailure.general(String.valueOf(disk.getMessage()));
            default -> CliFailure.general("internal error: " + failure);
          };
      line.getErr().println(told.line());
      return told.exit();
    });
    return command.execute(ArgumentReader.normalised(args));
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
}
