package io.ppio.api.cli;

import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that talks to a daemon: runs [#run] and turns its failure into a line and an exit
/// status.
abstract class Command implements Callable<Integer> {
  @Mixin RpcOptions rpc = new RpcOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  /// The streams; a field so that picocli, which makes the command, need not know them.
  final Console console = Console.system();

  /// Does the work and prints the documented lines.
  abstract void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException;

  @Override
  public Integer call() throws InterruptedException {
    try {
      run(rpc.client());
      return 0;
    } catch (CliFailure failure) {
      console.err().println(failure.line());
      return failure.exit();
    } catch (DaemonFailure failure) {
      CliFailure shown = CliFailure.of(failure);
      console.err().println(shown.line());
      return shown.exit();
    }
  }

  /// The value of an option that must be there.
  static String required(String option, String value) throws CliFailure {
    if (value.isEmpty()) {
      throw CliFailure.illegalOption("--" + option + " is required");
    }
    return value;
  }

  /// Waits for a task.
  void follow(DaemonClient client, String task, String action)
      throws CliFailure, DaemonFailure, InterruptedException {
    new JobWatcher(client, console).follow(task, action);
  }
}
