package io.ppio.node.indexer;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.Tier;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A simulated indexer, miners that offer space and do what a test lets them, and users that run
/// scripts. There is no verifier, so nothing is proven.
final class IndexerWorld implements AutoCloseable {
  static final long NOW = SimWorld.EPOCH.getEpochSecond();
  static final long DAY = 86_400;

  private static final Path FOLDER = Path.of("/data");
  private static final int PORT = 8050;
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration READY = Duration.ofSeconds(2);

  final SimWorld world;
  private final Map<String, NodeHost> hosts = new LinkedHashMap<>();
  private final List<PeerId> indexer = new ArrayList<>();
  private final SimNode machine;
  private final Genesis genesis;

  @FunctionalInterface
  interface Script {
    void run(NodeHost host) throws Exception;
  }

  IndexerWorld(long seed) {
    world = new SimWorld(seed);
    machine = world.node("indexer");
    machine.start(env -> {
      Path file = FOLDER.resolve("net").resolve("peer.key");
      indexer.add(NodeIdentity.loadOrCreate(env, file).peerId());
    });
    world.expect(RunEnd.DONE, world.runUntil(() -> !indexer.isEmpty(), LIMIT));
    world.runFor(Duration.ofMillis(100));
    genesis =
        new Genesis(
            NetworkClass.DEV,
            "indexers",
            SimWorld.EPOCH,
            Parameters.LOCAL,
            List.of(
                new GenesisNode(NodeRole.INDEXER.bit(), indexer.getFirst(), "", List.of()),
                new GenesisNode(
                    NodeRole.VERIFIER.bit(), TestOrder.key("verifier").peerId(), "", List.of())));
    machine.start(env -> {
      try (IndexerNode _ = IndexerNode.start(env, config(NodeRole.INDEXER, machine))) {
        env.clock().sleep(Duration.ofDays(9));
      }
    });
    world.runFor(READY);
  }

  private HostConfig config(NodeRole role, SimNode on) {
    return new HostConfig(role, on.name(), FOLDER, on.at(PORT), genesis, List.of());
  }

  Hash chainId() {
    return genesis.chainId();
  }

  /// An order of now for 30 days.
  TestOrder order(String user, Hash segment, Hash plainRoot, int copies) {
    return new TestOrder(
        chainId(),
        TestOrder.key(user),
        segment,
        plainRoot,
        copies,
        new TestOrder.Term(NOW, NOW + 30 * DAY));
  }

  /// Starts a miner that offers space every 5 s. Returns when the indexer has heard it.
  ///
  /// @param prepare adds what it answers
  void miner(String name, Script prepare) {
    miner(name, 1L << 20, prepare);
  }

  /// @param tiles that it says are free, whatever it was matched
  void miner(String name, long tiles, Script prepare) {
    SimNode on = world.node(name);
    on.start(env -> {
      try (NodeHost host = NodeHost.open(env, config(NodeRole.MINER, on))) {
        prepare.run(host);
        host.serve();
        hosts.put(name, host);
        while (true) {
          call(host, offering(host, tiles));
          env.clock().sleep(Duration.ofSeconds(5));
        }
      }
    });
    world.runFor(READY);
  }

  private static IndexRequest offering(NodeHost host, long tiles) {
    Offer offer =
        new Offer(
            host.identity().account(),
            1L << 20,
            NOW + 400 * DAY,
            new Offer.Asks(BigInteger.ONE, BigInteger.ONE),
            366,
            Tier.SSD,
            0,
            new Offer.Acceptance(true, false));
    return new IndexRequest.Offering(offer, tiles, 0);
  }

  /// Starts a node that does nothing of itself.
  void peer(String name) {
    SimNode on = world.node(name);
    on.start(env -> {
      try (NodeHost host = NodeHost.open(env, config(NodeRole.USER, on))) {
        hosts.put(name, host);
        env.clock().sleep(Duration.ofDays(9));
      }
    });
    world.runFor(Duration.ofMillis(500));
  }

  NodeHost host(String name) {
    return Optional.ofNullable(hosts.get(name)).orElseThrow();
  }

  /// Runs `script` as a task of the node `name` to its end.
  void as(String name, Script script) {
    NodeHost host = host(name);
    boolean[] done = {false};
    List<Throwable> failures = new ArrayList<>();
    world.after(
        Duration.ZERO,
        () ->
            host.tasks()
                .serve(
                    "script",
                    () -> {
                      try {
                        script.run(host);
                      } catch (Exception | AssertionError e) {
                        failures.add(e);
                      }
                      done[0] = true;
                    }));
    RunEnd end = world.runUntil(() -> done[0], world.now().plus(LIMIT));
    if (!failures.isEmpty()) {
      throw new AssertionError("script of " + name, failures.getFirst());
    }
    world.expect(RunEnd.DONE, end);
  }

  Bytes call(NodeHost host, IndexRequest request) throws Exception {
    return host.peers().call(contact(), Method.INDEX, encoded(request), CallOptions.DEFAULT).body();
  }

  private Contact contact() {
    return Contact.of(indexer.getFirst(), machine.at(PORT));
  }

  private static Bytes encoded(IndexRequest request) {
    return IndexCodec.encode(request);
  }

  private List<Bytes> items(NodeHost host, IndexRequest request) throws Exception {
    List<Bytes> items = new ArrayList<>();
    try (ItemStream stream =
        host.peers().stream(contact(), Method.INDEX, encoded(request), CallOptions.DEFAULT)) {
      for (Optional<Reply> item = stream.next(); item.isPresent(); item = stream.next()) {
        items.add(item.get().body());
      }
    }
    return items;
  }

  /// Orders one segment.
  List<Match> order(NodeHost host, TestOrder order) throws Exception {
    List<Match> matches = new ArrayList<>();
    for (Bytes item : items(host, order.request())) {
      IndexCodec.answer(Matched.class, item)
          .holders()
          .forEach(each -> matches.add(each.match().body()));
    }
    return matches;
  }

  List<Located.Copy> locate(NodeHost host, Hash segment) throws Exception {
    Bytes item = items(host, new IndexRequest.Locate(List.of(segment))).getFirst();
    return IndexCodec.answer(Located.class, item).copies();
  }

  Standing standing(NodeHost host, Hash contract) throws Exception {
    Bytes answer = call(host, new IndexRequest.Contracts(List.of(contract)));
    return IndexCodec.answer(IndexAnswer.ContractList.class, answer).contracts().getFirst();
  }

  /// The miner of a match acknowledges it, with the key of its node.
  void stage(NodeHost host, Match match) throws Exception {
    NodeHost miner =
        hosts.values().stream()
            .filter(each -> each.id().equals(match.miner().peerId()))
            .findFirst()
            .orElseThrow();
    call(
        host,
        new IndexRequest.Acknowledge(TestOrder.stageAck(match, miner.identity().privateKey())));
  }

  @Override
  public void close() {
    world.close();
  }
}
