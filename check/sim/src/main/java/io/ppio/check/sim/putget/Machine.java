package io.ppio.check.sim.putget;

import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Env;
import io.ppio.env.simulated.SimNode;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.HostConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A machine with the one role that runs on it when it runs.
final class Machine {
  static final Path FOLDER = Path.of("/data");

  private static final int PORT = 8050;

  /// Longer than any run.
  private static final Duration EVER = Duration.ofDays(365);

  private final NodeRole role;
  private final SimNode node;
  private Optional<PeerId> peer = Optional.empty();
  private Optional<AutoCloseable> running = Optional.empty();

  /// Starts the role's node; it serves when this returns.
  @FunctionalInterface
  interface Program {
    AutoCloseable start(Env env, HostConfig config) throws Exception;
  }

  Machine(NodeRole role, SimNode node) {
    this.role = role;
    this.node = node;
  }

  NodeRole role() {
    return role;
  }

  String name() {
    return node.name();
  }

  SimNode node() {
    return node;
  }

  /// Makes the node's key, as the first start of a node does.
  void makeIdentity() {
    node.start(env ->
        peer =
            Optional.of(
                NodeIdentity.loadOrCreate(env, FOLDER.resolve("net").resolve("peer.key"))
                    .peerId()));
  }

  Optional<PeerId> peer() {
    return peer;
  }

  /// Where the role answers, `host:port`.
  String address() {
    return node.at(PORT).getAddress().getHostAddress() + ":" + PORT;
  }

  /// How the role is set up.
  HostConfig config(Genesis genesis) {
    return new HostConfig(role, name(), FOLDER, node.at(PORT), genesis, List.of());
  }

  /// Starts the role on the machine's disk.
  void start(Genesis genesis, Program program) {
    running = Optional.empty();
    node.start(env -> {
      try (AutoCloseable role = program.start(env, config(genesis))) {
        running = Optional.of(role);
        env.clock().sleep(EVER);
      }
    });
  }

  /// SIGKILL and power failure in one.
  void kill() {
    running = Optional.empty();
    node.kill();
  }

  @Override
  public String toString() {
    return name();
  }
}
