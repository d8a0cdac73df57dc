package io.ppio.api.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
    return CommandRunner.of(new CommandLine(new PossMain()), args);
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
