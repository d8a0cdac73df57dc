package io.ppio.api.cli;

import io.ppio.api.config.RoleFile;
import io.ppio.api.daemon.RoleDaemon;
import io.ppio.api.daemon.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ppio node ROLE --config FILE`: one node in the foreground, as a service manager wants it.
@CommandLine.Command(
    name = "node",
    description = "run one node in the foreground until it is told to end",
    footer = {"", "Example:", "  ppio node miner --config /etc/ppio/miner.json"})
final class NodeCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ROLE",
      description = "bootstrap, indexer, verifier or miner")
  String role = "";

  @Option(names = "--config", required = true, description = "the node's configuration file")
  Path config = Path.of("");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Override
  public Integer call() throws Exception {
    Console console = Console.system();
    if (!RoleDaemon.ROLES.contains(role)) {
      return fail(
          console,
          "unknown role '" + role + "'; there are " + String.join(", ", RoleDaemon.ROLES),
          CliFailure.EXIT_USAGE);
    }
    RoleFile file;
    try {
      file = RoleFile.read(config);
      Files.createDirectories(file.dataDir());
    } catch (IOException e) {
      return fail(console, String.valueOf(e.getMessage()), CliFailure.EXIT_USAGE);
    }
    LogFile.start(LogFile.FileSettings.ofService(file.dataDir(), role, file.logLevel()), "OFF");
    try {
      RoleDaemon daemon = RoleDaemon.start(role, file);
      AtomicInteger status = closeAtExit(daemon);
      console.line("ppio " + role + " ready " + daemon.peerId() + " " + daemon.address());
      String reason = daemon.awaitBroken();
      status.set(CliFailure.EXIT_FAILED);
      return fail(console, role + " cannot go on: " + reason, CliFailure.EXIT_FAILED);
    } catch (StartFailure e) {
      return fail(console, String.valueOf(e.getMessage()), CliFailure.EXIT_FAILED);
    }
  }

  /// An orderly end on SIGTERM and SIGINT: stores and links are closed.
  ///
  /// @return the exit status, 0 unless it is changed
  static AtomicInteger closeAtExit(AutoCloseable daemon) {
    AtomicInteger status = new AtomicInteger();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  try {
                    daemon.close();
                  } catch (Exception e) {
                    org.slf4j.LoggerFactory.getLogger(NodeCommand.class).error("closing failed", e);
                  }
                  Runtime.getRuntime().halt(status.get());
                }));
    return status;
  }

  private static int fail(Console console, String message, int exit) {
    console.err().println("ppio: " + message);
    return exit;
  }
}
