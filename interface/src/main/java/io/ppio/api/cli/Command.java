package io.ppio.api.cli;

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
  abstract void run(RpcClient client) throws CliFailure, InterruptedException;

  @Override
  public Integer call() throws InterruptedException {
    try {
      run(rpc.client());
      return 0;
    } catch (CliFailure failure) {
      console.err().println(failure.line());
      return failure.exit();
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
  void follow(RpcClient client, String task, String action)
      throws CliFailure, InterruptedException {
    new JobWatch(client, console).follow(task, action);
  }
}
