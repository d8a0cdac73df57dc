package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.consensus.proof.ProofCodec;
import io.ppio.consensus.proof.ProofMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import io.ppio.node.indexer.IndexerNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A simulated network of verifiers, an indexer of which most tests need only the key, and peers
/// that run scripts.
final class VerifierWorld implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(5);

  private static final Path FOLDER = Path.of("/data");
  private static final int PORT = 8050;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  final SimWorld world;
  final PrivateKey indexer;
  final PrivateKey user = key("user");
  final Genesis genesis;
  private final Map<PeerId, SimNode> machines = new LinkedHashMap<>();
  private final Map<PeerId, VerifierNode> running = new LinkedHashMap<>();

  @FunctionalInterface
  interface Script {
    void run(NodeHost host) throws Exception;
  }

  VerifierWorld(int verifiers, long seed) {
    world = new SimWorld(seed);
    List<PrivateKey> ofIndexer = new ArrayList<>();
    SimNode desk = world.node("indexer");
    desk.start(env -> {
      Path file = FOLDER.resolve("net").resolve("peer.key");
      ofIndexer.add(NodeIdentity.loadOrCreate(env, file).privateKey());
    });
    for (int i = 0; i < verifiers; i++) {
      SimNode machine = world.node("v" + i);
      machine.start(env -> {
        Path file = FOLDER.resolve("net").resolve("peer.key");
        machines.put(NodeIdentity.loadOrCreate(env, file).peerId(), machine);
      });
    }
    world.expect(
        RunEnd.DONE,
        world.runUntil(() -> machines.size() == verifiers && !ofIndexer.isEmpty(), START));
    indexer = ofIndexer.getFirst();
    world.runFor(Duration.ofMillis(100));
    List<GenesisNode> nodes = new ArrayList<>();
    machines.forEach((peer, machine) ->
        nodes.add(
            new GenesisNode(
                NodeRole.VERIFIER.bit(), peer, machine.name(), List.of(address(machine)))));
    nodes.add(
        new GenesisNode(NodeRole.INDEXER.bit(), indexer.peerId(), "", List.of(address(desk))));
    genesis =
        new Genesis(
            NetworkClass.DEV, "verifiers", SimWorld.EPOCH.plus(START), Parameters.LOCAL, nodes);
    machines.keySet().forEach(this::start);
  }

  private static String address(SimNode machine) {
    return machine.at(PORT).getAddress().getHostAddress() + ":" + PORT;
  }

  /// Starts the indexer itself, for tests that need more than its key.
  void startIndexer() {
    SimNode desk =
        world.nodes().stream().filter(n -> n.name().equals("indexer")).findFirst().orElseThrow();
    desk.start(env -> {
      try (IndexerNode _ = IndexerNode.start(env, config(NodeRole.INDEXER, desk))) {
        env.clock().sleep(Duration.ofDays(1));
      }
    });
  }

  static PrivateKey key(String name) {
    return PrivateKey.of(Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).toArray());
  }

  /// The verifiers in the order of their places.
  List<PeerId> verifiers() {
    return genesis.peers(NodeRole.VERIFIER);
  }

  private HostConfig config(NodeRole role, SimNode machine) {
    return new HostConfig(role, machine.name(), FOLDER, machine.at(PORT), genesis, List.of());
  }

  void start(PeerId verifier) {
    SimNode machine = machine(verifier);
    machine.start(env -> {
      VerifierConfig config = new VerifierConfig(config(NodeRole.VERIFIER, machine));
      try (VerifierNode node = VerifierNode.start(env, config)) {
        running.put(verifier, node);
        env.clock().sleep(Duration.ofDays(1));
      }
    });
  }

  SimNode machine(PeerId verifier) {
    return Optional.ofNullable(machines.get(verifier)).orElseThrow();
  }

  long counted(PeerId verifier, VerifierCounter counter) {
    return Optional.ofNullable(running.get(verifier)).orElseThrow().status().get(counter);
  }

  void runUntilEpoch(long epoch) {
    world.expect(RunEnd.TIME_LIMIT, world.runUntil(START.plusSeconds(epoch).plusMillis(990)));
  }

  /// Starts a peer that runs `script` after `services` were added; the answer tells whether it has
  /// ended.
  boolean[] peer(String name, NodeRole role, Script services, Script script) {
    SimNode machine = world.node(name);
    boolean[] done = {false};
    machine.start(env -> {
      try (NodeHost host = NodeHost.open(env, config(role, machine))) {
        services.run(host);
        host.serve();
        script.run(host);
        done[0] = true;
        env.clock().sleep(Duration.ofDays(1));
      }
    });
    return done;
  }

  /// Runs `script` as a peer of its own to its end.
  void run(String name, NodeRole role, Script script) {
    await(peer(name, role, _ -> {}, script));
  }

  void await(boolean[] done) {
    RunEnd end =
        world.runUntil(
            () -> done[0] || world.taskFailures().stream().anyMatch(f -> f.task().equals("main")),
            LIMIT);
    world.taskFailures().stream()
        .filter(failure -> failure.task().equals("main"))
        .findFirst()
        .ifPresent(failure -> {
          throw new AssertionError(failure.reason() + "\n" + world.describe(), failure.reason());
        });
    world.expect(RunEnd.DONE, end);
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
    world.close();
  }
}
