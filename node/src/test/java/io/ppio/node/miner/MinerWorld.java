package io.ppio.node.miner;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealProfile;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SeededRandom;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A simulated miner, an indexer and a verifier of which only the keys are there, and peers that
/// run scripts. Nothing is sealed: no beacon comes.
final class MinerWorld implements AutoCloseable {
  static final Path FOLDER = Path.of("/data");
  static final int PLOT_TILES = 8;

  private static final int PORT = 8050;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long NOW = SimWorld.EPOCH.getEpochSecond();

  final SimWorld world;
  final PrivateKey indexer = key("indexer");
  final PrivateKey user = key("user");
  private final List<NodeIdentity> miner = new ArrayList<>();
  private final SimNode machine;
  final Genesis genesis;

  @FunctionalInterface
  interface Script {
    void run(NodeHost host) throws Exception;
  }

  MinerWorld(long seed) {
    world = new SimWorld(seed);
    machine = world.node("miner");
    machine.start(env -> {
      Path file = FOLDER.resolve("net").resolve("peer.key");
      miner.add(NodeIdentity.loadOrCreate(env, file));
    });
    world.expect(RunEnd.DONE, world.runUntil(() -> !miner.isEmpty(), LIMIT));
    world.runFor(Duration.ofMillis(100));
    genesis =
        new Genesis(
            NetworkClass.DEV,
            "miners",
            SimWorld.EPOCH,
            Parameters.LOCAL,
            List.of(
                new GenesisNode(NodeRole.INDEXER.bit(), indexer.peerId(), "", List.of()),
                new GenesisNode(NodeRole.VERIFIER.bit(), key("verifier").peerId(), "", List.of())));
  }

  static PrivateKey key(String name) {
    return PrivateKey.of(Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).toArray());
  }

  PeerId minerId() {
    return miner.getFirst().peerId();
  }

  /// How to reach the miner.
  Contact contact() {
    return Contact.of(minerId(), machine.at(PORT));
  }

  void start() {
    start(env -> env);
  }

  /// Starts the miner in the world that `around` makes of its own.
  void start(UnaryOperator<Env> around) {
    machine.start(own -> {
      Env env = around.apply(own);
      MinerConfig config =
          new MinerConfig(
              config(NodeRole.MINER, machine),
              1L << 28,
              PLOT_TILES,
              new Offer.Asks(BigInteger.ONE, BigInteger.ONE));
      try (MinerNode _ = MinerNode.start(env, config)) {
        env.clock().sleep(Duration.ofDays(1));
      }
    });
    world.runFor(Duration.ofSeconds(1));
  }

  /// Ends the miner as a crash would and starts it again.
  void restart() {
    machine.kill();
    world.runFor(Duration.ofSeconds(1));
    start();
  }

  HostConfig config(NodeRole role, SimNode on) {
    return new HostConfig(role, on.name(), FOLDER, on.at(PORT), genesis, List.of());
  }

  /// Runs `script` on the machine `name` to its end.
  void run(String name, NodeRole role, Script script) {
    run(name, role, env -> env, script);
  }

  /// Runs `script` on the machine `name`, in the world that `around` makes of its own, to its end.
  void run(String name, NodeRole role, UnaryOperator<Env> around, Script script) {
    SimNode on =
        world.nodes().stream()
            .filter(node -> node.name().equals(name))
            .findFirst()
            .orElseGet(() -> world.node(name));
    boolean[] done = {false};
    on.start(env -> {
      try (NodeHost host = NodeHost.open(around.apply(env), config(role, on))) {
        script.run(host);
      }
      done[0] = true;
    });
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
    world.runFor(Duration.ofMillis(200));
  }

  void peer(String name, Script script) {
    run(name, NodeRole.USER, script);
  }

  @Override
  public void close() {
    world.close();
  }

  /// A segment of some tiles.
  record Plain(List<Bytes> tiles, SegmentTree tree) {
    static Plain of(int count, int seed) {
      List<Bytes> tiles = new ArrayList<>();
      List<Hash> roots = new ArrayList<>();
      for (int tile = 0; tile < count; tile++) {
        byte[] bytes = new byte[Tile.SIZE];
        SeededRandom.of(seed, "tile", Integer.toString(tile)).nextBytes(bytes);
        tiles.add(Bytes.of(bytes));
        roots.add(new TileHasher().root(bytes, 0));
      }
      return new Plain(tiles, new SegmentTree(roots));
    }

    Hash segment() {
      return Hash.sha256(tree.root().toArray());
    }

    int size() {
      return tiles.size() * Tile.SIZE;
    }

    Bytes leaves() {
      FixedWidth leaves = new FixedWidth();
      tree.tileRoots().forEach(leaves::hash);
      return Bytes.of(leaves.toArray());
    }
  }

  /// What the miner on `host` promises about a copy of `match`.
  static SignedStatement<Ack.Staged> stageAck(NodeHost host, SignedStatement<Match> match) {
    Content content = match.body().order().content();
    Hash contract = match.body().contractId();
    return Statement.sign(
        new Ack.Staged(host.chainId(), contract, content.segment(), content.plainRoot(), 1),
        host.identity().privateKey());
  }

  /// What the miner on `host` signs about the sealed form of a copy.
  static CopyState.Seal seal(NodeHost host, Hash contract, Hash rid, Hash root) {
    PrivateKey key = host.identity().privateKey();
    SealCommit commit = SealCommit.fast(new ReplicaId(rid), root, Hash.ZERO, 1);
    Ack.Stored ack = new Ack.Stored(host.chainId(), contract, Hash.ZERO, root, 1);
    return new CopyState.Seal(
        rid,
        root,
        Statement.sign(ack, key),
        new SealCommit.Signed(
            commit, key.sign(Statement.digest(SealCommit.STATEMENT, commit.body())).bytes()));
  }

  SignedStatement<Match> match(Plain plain) {
    return match(plain, minerId(), indexer);
  }

  SignedStatement<Match> match(Plain plain, PeerId of, PrivateKey signer) {
    SegmentOrder order =
        new SegmentOrder(
            genesis.chainId(),
            user.account(),
            1,
            Content.of(plain.segment(), plain.size(), plain.tree().root()),
            new Terms(2, NOW, NOW + 864_000, BigInteger.valueOf(100), NOW + 3600),
            PlacementWish.ANY,
            new SegmentOrder.Sealing(SealProfile.FAST.code(), Hash.ZERO),
            false);
    OrderBatch batch = OrderBatch.sign(List.of(order), user);
    return Statement.sign(
        new Match(batch.pathed().getFirst(), batch.signature(), 0, 0, of.publicKey(), 1), signer);
  }
}
