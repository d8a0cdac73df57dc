package io.ppio.api.cli;

import io.ppio.api.config.ByteSize;
import io.ppio.api.config.FileFault;
import io.ppio.api.devnet.Devnet;
import io.ppio.api.devnet.DevnetPlan;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.api.devnet.RoleCounters;
import io.ppio.api.json.Json;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ppio devnet …`: a local network of real processes.
@CommandLine.Command(
    name = "devnet",
    description = "a local network of real processes",
    subcommands = {
      DevnetCommands.Up.class,
      DevnetCommands.Down.class,
      DevnetCommands.Status.class,
      DevnetCommands.Kill.class,
      DevnetCommands.Start.class,
      DevnetCommands.Logs.class
    },
    footer = {
      "",
      "Example:",
      "  ppio devnet up --dir /tmp/net --detach",
      "  poss list-buckets --datadir=/tmp/net/user-1",
      "  ppio devnet kill miner-2 --dir /tmp/net",
      "  ppio devnet down --dir /tmp/net"
    })
final class DevnetCommands implements Runnable {
  private static final String DIR_DEFAULT = "devnet";

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /// What all of them share: the folder, and how failures are told.
  abstract static class OnNetwork implements Callable<Integer> {
    @Option(names = "--dir", description = "folder of the network (default: ./devnet)")
    Path dir = Path.of(DIR_DEFAULT);

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    final Console console = Console.system();

    abstract void run(Path folder) throws Exception;

    @Override
    public Integer call() throws InterruptedException {
      LogFile.off();
      try {
        run(dir.toAbsolutePath().normalize());
        return 0;
      } catch (InterruptedException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        console.err().println("ppio devnet: " + e.getMessage());
        return CliFailure.EXIT_USAGE;
      } catch (FileSystemException e) {
        console.err().println("ppio devnet: " + e.getFile() + ": " + FileFault.reason(e));
        return CliFailure.EXIT_FAILED;
      } catch (Exception e) {
        console.err().println("ppio devnet: " + e.getMessage());
        return CliFailure.EXIT_FAILED;
      }
    }
  }

  @CommandLine.Command(
      name = "up",
      description = "make a network, or start the one in the folder",
      footer = {"", "Example:", "  ppio devnet up --dir /tmp/net --miners 6 --detach"})
  static final class Up extends OnNetwork {
    private static final List<String> SHAPE =
        List.of("--miners", "--indexers", "--verifiers", "--users", "--capacity", "--segment");

    @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--miners", description = "number of miners (default ${DEFAULT-VALUE})")
    int miners = DevnetPlan.MINERS;

    @Option(names = "--indexers", description = "number of indexers (default ${DEFAULT-VALUE})")
    int indexers = 1;

    @Option(names = "--verifiers", description = "number of verifiers (default ${DEFAULT-VALUE})")
    int verifiers = DevnetPlan.VERIFIERS;

    @Option(names = "--users", description = "number of users (default ${DEFAULT-VALUE})")
    int users = 1;

    @Option(names = "--capacity", description = "what each miner offers (default 2GiB)")
    String capacity = "";

    @Option(names = "--segment", description = "largest segment (default 16MiB)")
    String segment = "";

    @Option(names = "--detach", description = "leave the network running and return")
    boolean detach;

    @Option(
        names = "--in-process",
        description = "all nodes in this one process: less memory, but none can be killed alone")
    boolean inProcess;

    @Override
    void run(Path folder) throws Exception {
      if (inProcess && detach) {
        throw new IllegalArgumentException(
            "--in-process runs the network in this process: leave out --detach");
      }
      boolean there = Files.exists(folder.resolve("devnet.json"));
      if (there) {
        refuseChanges(folder);
      }
      Devnet network = there ? Devnet.open(folder) : Devnet.create(plan(folder));
      if (inProcess) {
        LogFile.start(LogFile.FileSettings.ofService(folder, "devnet", "INFO"), "OFF");
        NodeCommand.closeAtExit(
            network.startHere(network.nodes(), line -> console.err().println(line)));
        show(network);
        return;
      }
      if (!detach) {
        NodeCommand.closeAtExit(network::stop);
      }
      try {
        network.start(line -> console.err().println(line));
      } catch (IOException e) {
        network.stop();
        throw e;
      }
      show(network);
    }

    /// Prints the nodes, and stays in front of a network that ends with this program.
    private void show(Devnet network) throws InterruptedException {
      for (NodeRecord node : network.nodes()) {
        String rpc = node.rpc().isEmpty() ? "" : " rpc " + node.rpc();
        console.line(node.name() + " " + node.address() + rpc + " pid " + node.pid());
      }
      if (!detach) {
        console.err().println("network is up; press Ctrl-C to end it");
        new CountDownLatch(1).await();
      }
    }

    private DevnetPlan plan(Path folder) {
      return new DevnetPlan(
          folder,
          miners,
          indexers,
          verifiers,
          users,
          capacity.isEmpty() ? DevnetPlan.CAPACITY_BYTES : ByteSize.parse(capacity),
          segment.isEmpty()
              ? DevnetPlan.SEGMENT_MAX
              : (int) Math.min(Integer.MAX_VALUE, ByteSize.parse(segment)));
    }

    /// What a network consists of is settled when it is made.
    private void refuseChanges(Path folder) {
      for (String option : SHAPE) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw new IllegalArgumentException(
              folder + " holds a network already, which " + option + " cannot change");
        }
      }
    }
  }

  @CommandLine.Command(
      name = "down",
      description = "end every process of the network",
      footer = {"", "Example:", "  ppio devnet down --dir /tmp/net --delete"})
  static final class Down extends OnNetwork {
    @Option(names = "--delete", description = "delete the folder too")
    boolean delete;

    @Override
    void run(Path folder) throws Exception {
      Devnet.open(folder).stop();
      if (delete) {
        Devnet.delete(folder);
      }
    }
  }

  @CommandLine.Command(
      name = "status",
      description = "show the nodes and how they stand",
      footer = {"", "Example:", "  ppio devnet status --dir /tmp/net --json"})
  static final class Status extends OnNetwork {
    @Option(names = "--json", description = "one JSON document")
    boolean json;

    @Override
    void run(Path folder) throws Exception {
      Devnet network = Devnet.open(folder);
      if (json) {
        console.line(Json.pretty(network.describe()));
        return;
      }
      for (NodeRecord node : network.nodes()) {
        boolean runs = node.process().isPresent();
        console.line(
            "%-12s %-12s %-22s %s"
                .formatted(
                    node.name(),
                    runs ? "pid " + node.pid() : "stopped",
                    node.address(),
                    node.account()));
        if (runs) {
          RoleCounters.lines(node.role(), Devnet.status(node)).forEach(console::line);
        }
      }
    }
  }

  @CommandLine.Command(
      name = "kill",
      description = "kill a node with SIGKILL",
      footer = {"", "Example:", "  ppio devnet kill miner-2 --dir /tmp/net"})
  static final class Kill extends OnNetwork {
    @Parameters(paramLabel = "NODE", arity = "1..*", description = "names such as miner-2")
    List<String> names = List.of();

    @Override
    void run(Path folder) throws Exception {
      Devnet network = Devnet.open(folder);
      for (String name : names) {
        network.kill(name);
      }
    }
  }

  @CommandLine.Command(
      name = "start",
      description = "start nodes that do not run",
      footer = {"", "Example:", "  ppio devnet start miner-2 --dir /tmp/net"})
  static final class Start extends OnNetwork {
    @Parameters(paramLabel = "NODE", arity = "0..*", description = "names; none starts all")
    List<String> names = List.of();

    @Override
    void run(Path folder) throws Exception {
      Devnet network = Devnet.open(folder);
      if (names.isEmpty()) {
        network.start(line -> console.err().println(line));
      }
      for (String name : names) {
        NodeRecord node = network.start(name);
        console.line(node.name() + " " + node.address() + " pid " + node.pid());
      }
    }
  }

  @CommandLine.Command(
      name = "logs",
      description = "print a node's log file",
      footer = {"", "Example:", "  ppio devnet logs indexer-1 --dir /tmp/net"})
  static final class Logs extends OnNetwork {
    @Parameters(paramLabel = "NODE", description = "name such as indexer-1")
    String name = "";

    @Override
    void run(Path folder) throws Exception {
      NodeRecord node = Devnet.open(folder).node(name);
      String program = node.role().equals("user") ? "poss" : node.role();
      Path log = node.folder().resolve(program + ".log");
      Path shared = node.folder().resolveSibling("devnet.log");
      if (!Files.exists(log) && Files.exists(shared)) {
        throw new IOException("the nodes run in one process and write one log: " + shared);
      }
      if (!Files.exists(log)) {
        throw new IOException(name + " has written no log yet");
      }
      Files.copy(log, console.out());
      console.out().flush();
    }
  }
}
