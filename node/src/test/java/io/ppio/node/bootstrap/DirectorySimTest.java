package io.ppio.node.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.consensus.chain.Parameters;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.host.DirectoryAnswer;
import io.ppio.node.host.DirectoryQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Service nodes register at a bootstrap node, and stay registered.
class DirectorySimTest {
  /// Longer than a record lives.
  private static final Duration LONG = PeerRecord.LIFE_MAX.plusMinutes(5);

  private Optional<BootstrapNode> bootstrap = Optional.empty();

  /// A bootstrap node and two service nodes that register there.
  private TestNetwork network(long seed) {
    TestNetwork network = new TestNetwork(seed, LONG.plusHours(1));
    network.identities(List.of("bootstrap", "indexer", "verifier"));
    network.found(
        "directory",
        Parameters.LOCAL,
        Duration.ZERO,
        List.of(
            network.named(NodeRole.BOOTSTRAP, "bootstrap"),
            network.named(NodeRole.INDEXER, "indexer"),
            network.named(NodeRole.VERIFIER, "verifier")));
    network.serve(
        "bootstrap",
        env -> {
          BootstrapNode node =
              BootstrapNode.start(env, network.config(NodeRole.BOOTSTRAP, "bootstrap"));
          bootstrap = Optional.of(node);
          return node;
        });
    network.peer("indexer", NodeRole.INDEXER, _ -> {}, _ -> {});
    network.peer("verifier", NodeRole.VERIFIER, _ -> {}, _ -> {});
    return network;
  }

  private long counted(BootstrapCounter counter) {
    return bootstrap.orElseThrow().status().figures().getOrDefault(counter.label(), 0L);
  }

  @Test
  void nodesWhoseTunnelNeverEndsAreListedAfterTwoDays() {
    try (TestNetwork network = network(61)) {
      network.world().runFor(LONG);
      network.await(
          network.peer(
              "newcomer",
              NodeRole.USER,
              _ -> {},
              host -> {
                for (NodeRole role : List.of(NodeRole.INDEXER, NodeRole.VERIFIER)) {
                  DirectoryAnswer answer =
                      DirectoryAnswer.decode(
                          host.peers()
                              .call(
                                  network.contact("bootstrap"),
                                  Method.SERVICE_DIRECTORY,
                                  new DirectoryQuery(0, role.code(), 0).encode(),
                                  CallOptions.DEFAULT)
                              .body());
                  assertEquals(1, answer.records().size(), role::name);
                }
              }));
    }
  }

  @Test
  void nodesWhoseRecordHasEndedAreNotCounted() {
    try (TestNetwork network = network(62)) {
      network.world().runFor(Duration.ofSeconds(5));
      assertEquals(1, counted(BootstrapCounter.KNOWN_INDEXER));
      assertEquals(1, counted(BootstrapCounter.KNOWN_VERIFIER));
      network.machine("indexer").kill();
      network.machine("verifier").kill();
      network.machine("bootstrap").setWallOffset(LONG);
      assertEquals(0, counted(BootstrapCounter.KNOWN_INDEXER));
      assertEquals(0, counted(BootstrapCounter.KNOWN_VERIFIER));
    }
  }
}
