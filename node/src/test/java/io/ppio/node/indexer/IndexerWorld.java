package io.ppio.node.indexer;

import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.Tier;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexAnswer.ContractList.Standing;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import io.ppio.incentive.indexing.IndexAnswer.Located;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Tariff;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.transport.Reply;
import io.ppio.network.wire.Method;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestOrder;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A simulated indexer, miners that offer space and do what a test lets them, and users that run
/// scripts. There is no verifier, so nothing is proven.
final class IndexerWorld implements AutoCloseable {
  private static final String INDEXER = "indexer";
  private static final Duration READY = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofHours(1);

  private final TestNetwork network;
  final SimWorld world;
  private final Map<String, NodeHost> hosts = new LinkedHashMap<>();

  IndexerWorld(long seed) {
    network = new TestNetwork(seed, LIMIT);
    world = network.world();
    network.identities(List.of(INDEXER));
    network.found(
        "indexers",
        Parameters.LOCAL,
        Duration.ZERO,
        List.of(
            TestNetwork.absent(NodeRole.INDEXER, network.identity(INDEXER).peerId()),
            TestNetwork.absent(NodeRole.VERIFIER, TestNetwork.key("verifier").peerId())));
    network.serve(
        INDEXER, env -> IndexerNode.start(env, network.config(NodeRole.INDEXER, INDEXER)));
    world.runFor(READY);
  }

  Hash chainId() {
    return network.genesis().chainId();
  }

  /// An order of now for 30 days.
  TestOrder order(String user, Hash segment, Hash plainRoot, int copies) {
    return new TestOrder(
        chainId(),
        TestNetwork.key(user),
        Content.of(segment, Tile.SIZE, plainRoot),
        copies,
        TestOrder.Term.ofDays(30));
  }

  /// A store of contracts without anything around it.
  static ContractStore store(Env env, Store store, EventStore events) throws IOException {
    return new ContractStore(
        store,
        env.clock(),
        events,
        new SettlementStore(
            store, env.clock(), new Tariff(16 << 20, 3600), new Counters<>(IndexerCounter.class)),
        _ -> {});
  }

  /// A copy of it as an indexer matches it, with nothing shown.
  static ContractEntry matched(TestOrder order, int copy, PrivateKey miner, PrivateKey indexer) {
    return ContractEntry.fresh(order.match(copy, miner.publicKey(), indexer, 1), BigInteger.ONE);
  }

  /// Its first copy in a later generation.
  static ContractEntry matchedAgain(
      TestOrder order, int generation, PrivateKey miner, PrivateKey indexer) {
    return ContractEntry.fresh(
        order.match(0, generation, miner.publicKey(), indexer, 1), BigInteger.ONE);
  }

  static SignedStatement<Ack.Staged> stageAck(Match match, PrivateKey miner) {
    Content content = match.order().content();
    return Statement.sign(
        new Ack.Staged(
            match.order().chainId(),
            match.contractId(),
            content.segment(),
            content.plainRoot(),
            match.height()),
        miner);
  }

  static ContractEntry staged(ContractEntry entry, PrivateKey miner) {
    return entry.showing(
        new Evidence.Acked(stageAck(entry.match().body(), miner)), entry.sealedRoot());
  }

  /// Starts a miner that offers space every 5 s. Returns when the indexer has heard it.
  ///
  /// @param prepare adds what it answers
  void miner(String name, TestNetwork.Script prepare) {
    miner(name, 1L << 20, prepare);
  }

  /// @param tiles that it says are free, whatever it was matched
  void miner(String name, long tiles, TestNetwork.Script prepare) {
    network.peer(
        name,
        NodeRole.MINER,
        prepare,
        host -> {
          hosts.put(name, host);
          while (true) {
            call(host, offering(host, tiles));
            host.env().clock().sleep(Duration.ofSeconds(5));
          }
        });
    world.runFor(READY);
  }

  private static IndexRequest offering(NodeHost host, long tiles) {
    Offer offer =
        new Offer(
            host.identity().account(),
            1L << 20,
            TestOrder.NOW + 400 * TestOrder.DAY,
            new Offer.Asks(BigInteger.ONE, BigInteger.ONE),
            366,
            Tier.SSD,
            0,
            new Offer.Acceptance(true, false));
    return new IndexRequest.Offering(offer, tiles, 0);
  }

  /// Starts a node that does nothing of itself.
  void peer(String name) {
    network.peer(name, NodeRole.USER, _ -> {}, host -> hosts.put(name, host));
    world.runFor(Duration.ofMillis(500));
  }

  NodeHost host(String name) {
    return Optional.ofNullable(hosts.get(name)).orElseThrow();
  }

  /// Runs `script` as a task of the node `name` to its end.
  void as(String name, TestNetwork.Script script) {
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
    return network.contact(INDEXER);
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
    return order(host, order.request());
  }

  List<Match> order(NodeHost host, IndexRequest.Order request) throws Exception {
    List<Match> matches = new ArrayList<>();
    for (Bytes item : items(host, request)) {
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
    call(host, IndexRequest.Acknowledge.of(stageAck(match, miner.identity().privateKey())));
  }

  @Override
  public void close() {
    network.close();
  }
}
