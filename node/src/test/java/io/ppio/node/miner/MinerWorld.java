package io.ppio.node.miner;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.porep.SealCommit;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Env;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Offer;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestOrder;
import io.ppio.node.fixtures.TestSegment;
import io.ppio.node.host.NodeHost;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// A simulated miner, an indexer and a verifier of which only the keys are there, and peers that
/// run scripts. Nothing is sealed: no beacon comes.
final class MinerWorld implements AutoCloseable {
  static final int PLOT_TILES = 8;

  private static final String MINER = "miner";

  private final TestNetwork network;
  final SimWorld world;
  final PrivateKey indexer = TestNetwork.key("indexer");
  final PrivateKey user = TestNetwork.key("user");
  final Genesis genesis;

  MinerWorld(long seed) {
    network = new TestNetwork(seed, Duration.ofMinutes(10));
    world = network.world();
    network.identities(List.of(MINER));
    network.found(
        "miners",
        Parameters.LOCAL,
        Duration.ZERO,
        List.of(
            TestNetwork.absent(NodeRole.INDEXER, indexer.peerId()),
            TestNetwork.absent(NodeRole.VERIFIER, TestNetwork.key("verifier").peerId())));
    genesis = network.genesis();
  }

  PeerId minerId() {
    return network.identity(MINER).peerId();
  }

  /// How to reach the miner.
  Contact contact() {
    return network.contact(MINER);
  }

  void start() {
    start(env -> env);
  }

  /// Starts the miner in the world that `around` makes of its own.
  void start(UnaryOperator<Env> around) {
    MinerConfig config = config(PLOT_TILES);
    network.serve(MINER, env -> MinerNode.start(around.apply(env), config));
    world.runFor(Duration.ofSeconds(1));
  }

  MinerConfig config(int plotTiles) {
    return new MinerConfig(
        network.config(NodeRole.MINER, MINER),
        1L << 28,
        plotTiles,
        new Offer.Asks(BigInteger.ONE, BigInteger.ONE));
  }

  /// Ends the miner as a crash would and starts it again.
  void restart() {
    network.machine(MINER).kill();
    world.runFor(Duration.ofSeconds(1));
    start();
  }

  /// Runs `script` on the machine `name` to its end.
  void run(String name, NodeRole role, TestNetwork.Script script) {
    run(name, role, env -> env, script);
  }

  /// Runs `script` on the machine `name`, in the world that `around` makes of its own, to its end.
  void run(String name, NodeRole role, UnaryOperator<Env> around, TestNetwork.Script script) {
    network.runAlone(
        name,
        env -> {
          try (NodeHost host = NodeHost.open(around.apply(env), network.config(role, name))) {
            script.run(host);
          }
        });
  }

  void peer(String name, TestNetwork.Script script) {
    run(name, NodeRole.USER, script);
  }

  SignedStatement<Match> match(TestSegment segment) {
    return match(segment, minerId(), indexer);
  }

  SignedStatement<Match> match(TestSegment segment, PeerId of, PrivateKey signer) {
    return new TestOrder(genesis.chainId(), user, segment.content(), 2, TestOrder.Term.ofDays(10))
        .match(0, of.publicKey(), signer, 1);
  }

  @Override
  public void close() {
    network.close();
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
    return new CopyState.Seal(rid, root, Statement.sign(ack, key), Statement.sign(commit, key));
  }
}
