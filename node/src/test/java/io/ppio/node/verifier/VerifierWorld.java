package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.Parameters;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.host.NodeHost;
import io.ppio.node.indexer.IndexerNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A simulated network of verifiers, an indexer of which most tests need only the key, and peers
/// that run scripts.
final class VerifierWorld implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(5);

  private static final String INDEXER = "indexer";

  private final TestNetwork network;
  final SimWorld world;
  final PrivateKey indexer;
  final PrivateKey user = TestNetwork.key("user");
  final Genesis genesis;
  private final Map<PeerId, String> machines = new LinkedHashMap<>();
  private final Map<PeerId, VerifierNode> running = new LinkedHashMap<>();
  private final Duration started;

  VerifierWorld(int verifiers, long seed) {
    network = new TestNetwork(seed, Duration.ofMinutes(10));
    world = network.world();
    List<String> names = IntStream.range(0, verifiers).mapToObj(i -> "v" + i).toList();
    network.identities(List.of(INDEXER));
    network.identities(names);
    List<GenesisNode> nodes = new ArrayList<>();
    for (String name : names) {
      machines.put(network.identity(name).peerId(), name);
      nodes.add(network.named(NodeRole.VERIFIER, name));
    }
    nodes.add(network.named(NodeRole.INDEXER, INDEXER));
    network.found("verifiers", Parameters.LOCAL, START, nodes);
    indexer = network.identity(INDEXER);
    genesis = network.genesis();
    started = world.now();
    machines.keySet().forEach(this::start);
  }

  /// Time until the verifiers sweep for the first time.
  Duration untilSweep() {
    return started.plus(VerifierNode.SWEEP_EVERY).minus(world.now());
  }

  /// Starts the indexer itself, for tests that need more than its key.
  void startIndexer() {
    network.serve(
        INDEXER, env -> IndexerNode.start(env, network.config(NodeRole.INDEXER, INDEXER)));
  }

  /// The verifiers in the order of their places.
  List<PeerId> verifiers() {
    return genesis.peers(NodeRole.VERIFIER);
  }

  void start(PeerId verifier) {
    String name = Optional.ofNullable(machines.get(verifier)).orElseThrow();
    network.serve(
        name,
        env -> {
          VerifierConfig config = new VerifierConfig(network.config(NodeRole.VERIFIER, name));
          VerifierNode node = VerifierNode.start(env, config);
          running.put(verifier, node);
          return node;
        });
  }

  SimNode machine(PeerId verifier) {
    return network.machine(Optional.ofNullable(machines.get(verifier)).orElseThrow());
  }

  long counted(PeerId verifier, VerifierCounter counter) {
    VerifierNode node = Optional.ofNullable(running.get(verifier)).orElseThrow();
    return node.status().figures().getOrDefault(counter.label(), 0L);
  }

  void runUntilEpoch(long epoch) {
    world.expect(RunEnd.TIME_LIMIT, world.runUntil(START.plusSeconds(epoch).plusMillis(990)));
  }

  /// Starts a peer that runs `script` after `services` were added; the answer tells whether it has
  /// ended.
  boolean[] peer(
      String name, NodeRole role, TestNetwork.Script services, TestNetwork.Script script) {
    return network.peer(name, role, services, script);
  }

  /// Runs `script` as a peer of its own to its end.
  void run(String name, NodeRole role, TestNetwork.Script script) {
    await(peer(name, role, _ -> {}, script));
  }

  void await(boolean[] done) {
    network.await(done);
  }

  // What scripts do.

  static Bytes call(NodeHost host, PeerId to, Method method, Bytes body) throws Exception {
    return host.peers()
        .call(
            host.directory().contact(to),
            method,
            body,
            CallOptions.DEFAULT.within(Duration.ofSeconds(15)))
        .body();
  }

  List<FinalBeacon> entries(NodeHost host, PeerId verifier, long from) throws Exception {
    Bytes query = ProofCodec.encode(new ProofMessage.MakeBeacon(new BeaconMessage.Query(from)));
    Bytes answer = call(host, verifier, Method.PROOF, query);
    return BeaconMessage.Entries.decode(answer, verifiers().size()).entries();
  }

  FinalBeacon newest(NodeHost host) throws Exception {
    return entries(host, verifiers().getFirst(), 0).getLast();
  }

  /// The first final epoch from `wanted` on, as the first verifier knows it.
  FinalBeacon awaitEpoch(NodeHost host, long wanted) throws Exception {
    while (true) {
      List<FinalBeacon> found = entries(host, verifiers().getFirst(), wanted);
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      host.env().clock().sleep(Duration.ofMillis(100));
    }
  }

  /// The three verifiers of a subject, drawn here by the text of the specification.
  List<PeerId> drawn(Hash beacon, Bytes subject) {
    List<PeerId> pool = new ArrayList<>(verifiers());
    pool.sort(Comparator.comparing(PeerId::account));
    List<PeerId> drawn = new ArrayList<>();
    for (int r = 0; r < 3 && !pool.isEmpty(); r++) {
      FixedWidth input = new FixedWidth().hash(beacon).bytes(subject).u64(0).u32(r);
      BigInteger draw = new BigInteger(1, Hash.tagged("ppio/verifier", input).toArray());
      drawn.add(pool.remove(draw.mod(BigInteger.valueOf(pool.size())).intValue()));
    }
    return drawn;
  }

  Account userAccount() {
    return user.account();
  }

  @Override
  public void close() {
    network.close();
  }
}
