package io.ppio.network.transport;

import io.ppio.env.Backoff;
import io.ppio.env.Check;
import io.ppio.network.peer.NetworkId;
import java.time.Duration;

/// Settings of a node's tunnels (network specification 1.9 and 2.5).
///
/// @param network which network the node belongs to
/// @param software name and version shown to peers, at most 64 ASCII characters
/// @param tunnelsMax tunnels of the node at once
/// @param inflightMax requests served at once for one peer
/// @param controlPerSecond control requests of one peer in the long run; `controlBurst` at once
/// @param bulkTunnels tunnels for pieces beside the control tunnel, 1 to 7
/// @param idleAfter how long an unused tunnel is kept
/// @param redial how long a failed address is left alone at first, and at most
/// @param lan whether private and loopback addresses are taken seriously and exempt from limits per
///   address
public record PeersConfig(
    NetworkId network,
    String software,
    int tunnelsMax,
    int inflightMax,
    int controlPerSecond,
    int controlBurst,
    int bulkTunnels,
    Duration idleAfter,
    Backoff redial,
    boolean lan) {
  private static final int CONTROL_PER_SECOND = 50;
  private static final int CONTROL_BURST = 200;
  private static final int UNRATIONED = 1_000_000;

  public PeersConfig {
    Check.positive(tunnelsMax, "tunnels");
    Check.positive(inflightMax, "requests in flight");
    Check.positive(controlPerSecond, "control requests a second");
    Check.positive(controlBurst, "burst of control requests");
    Check.range(bulkTunnels, 1, 7, "bulk tunnels");
    Check.that(!idleAfter.isNegative(), "negative time");
  }

  /// The settings of a user node.
  public static PeersConfig user(NetworkId network) {
    return of(network, 256, 64);
  }

  /// The settings of a miner.
  public static PeersConfig miner(NetworkId network) {
    return of(network, 1024, 64);
  }

  /// The settings of a service node: indexer, verifier, bootstrap, coin-pool.
  public static PeersConfig service(NetworkId network) {
    return of(network, 8192, 256);
  }

  private static PeersConfig of(NetworkId network, int tunnelsMax, int inflightMax) {
    return new PeersConfig(
        network,
        "ppio-java/0.1.0",
        tunnelsMax,
        inflightMax,
        CONTROL_PER_SECOND,
        CONTROL_BURST,
        1,
        Duration.ofSeconds(60),
        new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10)),
        false);
  }

  /// The settings of the same node in a local network: failed addresses are tried again soon,
  /// because nodes are stopped and started by hand, and requests are not rationed.
  public PeersConfig inLan() {
    return new PeersConfig(
        network,
        software,
        tunnelsMax,
        inflightMax,
        UNRATIONED,
        UNRATIONED,
        bulkTunnels,
        idleAfter,
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2)),
        true);
  }
}
