package io.ppio.api.daemon;

import io.ppio.api.config.BootstrapAddress;
import io.ppio.api.config.RoleFile;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.data.seal.Warmup;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.Tasks;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.bootstrap.BootstrapNode;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import io.ppio.node.indexer.IndexerNode;
import io.ppio.node.miner.MinerConfig;
import io.ppio.node.miner.MinerNode;
import io.ppio.node.verifier.VerifierConfig;
import io.ppio.node.verifier.VerifierNode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// One node of a service role as a process.
public final class RoleDaemon implements AutoCloseable {
  /// Roles that run by themselves, as the command line names them.
  public static final List<String> ROLES = List.of("bootstrap", "indexer", "verifier", "miner");

  private static final long CAPACITY_DEFAULT = 10L << 30;

  /// A running node, whatever its role.
  private record Running(
      NodeHost host, Callable<Counters<?>> status, Callable<List<?>> latest, Runnable closing) {
    Running(NodeHost host, Callable<Counters<?>> status, Runnable closing) {
      this(host, status, List::of, closing);
    }
  }

  private final Running running;
  private final Tasks status;

  private RoleDaemon(Env env, RoleFile file, Running running) {
    this.running = running;
    this.status = env.tasks("status");
    status.serve(
        "file",
        new StatusFile(
                env.clock(),
                file.dataDir(),
                running.status(),
                running.host().peers().counters(),
                running.latest())
            ::run);
  }

  /// Starts the node; it serves when this returns.
  ///
  /// @throws StartFailure with one line for the operator
  public static RoleDaemon start(String role, RoleFile file)
      throws StartFailure, InterruptedException {
    Env env = new RealEnv(file.name(), file.dataDir(), new Slf4jLog(file.name()));
    NodeRole nodeRole =
        switch (role) {
          case "bootstrap" -> NodeRole.BOOTSTRAP;
          case "indexer" -> NodeRole.INDEXER;
          case "verifier" -> NodeRole.VERIFIER;
          case "miner" -> NodeRole.MINER;
          default ->
              throw new StartFailure(
                  "unknown role " + role + "; there are " + String.join(", ", ROLES));
        };
    HostConfig host =
        new HostConfig(
            nodeRole,
            file.name(),
            file.dataDir(),
            new InetSocketAddress(file.listen().host(), file.listen().port()),
            GenesisFile.read(file.genesis()),
            entries(file.bootstrap()));
    try {
      return new RoleDaemon(env, file, start(env, host, file));
    } catch (FolderInUse | BindException e) {
      throw new StartFailure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StartFailure(file.dataDir() + ": " + e.getMessage());
    }
  }

  private static Running start(Env env, HostConfig host, RoleFile file)
      throws StartFailure, IOException, InterruptedException {
    if (host.role() == NodeRole.MINER || host.role() == NodeRole.VERIFIER) {
      Warmup.run();
    }
    return switch (host.role()) {
      case BOOTSTRAP -> {
        BootstrapNode node = BootstrapNode.start(env, host);
        yield new Running(node.host(), node::status, node::close);
      }
      case INDEXER -> {
        IndexerNode node = IndexerNode.start(env, host);
        yield new Running(node.host(), node::status, node::settlements, node::close);
      }
      case VERIFIER -> {
        VerifierNode node = VerifierNode.start(env, new VerifierConfig(host));
        yield new Running(node.host(), node::status, node::close);
      }
      default -> {
        long capacity = file.capacityBytes().orElse(CAPACITY_DEFAULT);
        if (capacity < MinerConfig.CAPACITY_MIN) {
          throw new StartFailure(
              "Capacity: %d bytes are too few, a miner needs %d MiB"
                  .formatted(capacity, MinerConfig.CAPACITY_MIN >> 20));
        }
        MinerNode node = MinerNode.start(env, MinerConfig.of(host, capacity));
        yield new Running(node.host(), node::status, node::close);
      }
    };
  }

  /// Entry points as the host wants them.
  ///
  /// @throws StartFailure when a peer id is none
  static List<HostConfig.Entry> entries(List<BootstrapAddress> addresses) throws StartFailure {
    List<HostConfig.Entry> entries = new ArrayList<>();
    for (BootstrapAddress address : addresses) {
      try {
        entries.add(
            new HostConfig.Entry(
                new InetSocketAddress(address.ip(), address.tcpPort()),
                address.peerId().isEmpty()
                    ? Optional.empty()
                    : Optional.of(PeerId.parse(address.peerId()))));
      } catch (MalformedMessage e) {
        throw new StartFailure("Bootstrap " + address.name() + ": " + e.getMessage());
      }
    }
    return entries;
  }

  /// Waits until the node can no longer do its work; it is then to be ended and started again.
  ///
  /// @return why
  public String awaitBroken() throws InterruptedException {
    return running.host().awaitBroken();
  }

  /// The node's peer id in hexadecimal.
  public String peerId() {
    return running.host().id().hex();
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return running.host().address().orElseThrow();
  }

  @Override
  public void close() {
    status.close();
    running.closing().run();
  }
}
