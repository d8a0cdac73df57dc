package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Offer;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.indexer.IndexerNode;
import io.ppio.node.miner.MinerConfig;
import io.ppio.node.miner.MinerCounter;
import io.ppio.node.miner.MinerNode;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.verifier.VerifierConfig;
import io.ppio.node.verifier.VerifierNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// A simulated network of one indexer, verifiers and miners, and a user that runs scripts.
final class UserWorld implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(5);

  /// Small segments, so that objects have many.
  static final int SEGMENT = 4 * 131_072;

  private static final String INDEXER = "indexer";

  private final TestNetwork network;
  final SimWorld world;
  final PrivateKey wallet = TestNetwork.key("wallet");

  /// What the user does.
  @FunctionalInterface
  interface Script {
    void run(Env env, UserNode user) throws Exception;
  }

  UserWorld(int verifiers, int minerCount, long seed) {
    network = new TestNetwork(seed, Duration.ofMinutes(20));
    world = network.world();
    List<String> names = IntStream.range(0, verifiers).mapToObj(i -> "v" + i).toList();
    network.identities(List.of(INDEXER));
    network.identities(names);
    List<GenesisNode> nodes = new ArrayList<>(List.of(network.named(NodeRole.INDEXER, INDEXER)));
    names.forEach(name -> nodes.add(network.named(NodeRole.VERIFIER, name)));
    network.found("users", Parameters.LOCAL.withSegmentBytes(SEGMENT), START, nodes);
    network.serve(
        INDEXER, env -> IndexerNode.start(env, network.config(NodeRole.INDEXER, INDEXER)));
    for (String name : names) {
      VerifierConfig config = new VerifierConfig(network.config(NodeRole.VERIFIER, name));
      network.serve(name, env -> VerifierNode.start(env, config));
    }
    for (int i = 0; i < minerCount; i++) {
      startMiner("m" + i);
    }
    world.runFor(START.plusSeconds(7));
  }

  SimNode machine(String name) {
    return network.machine(name);
  }

  void startMiner(String name) {
    start(minerConfig(name));
  }

  /// Starts a miner that asks for so many wei per chi.
  void startMiner(String name, BigInteger ask) {
    MinerConfig config = minerConfig(name);
    start(
        new MinerConfig(
            config.host(), config.capacityBytes(), config.plotTiles(), new Offer.Asks(ask, ask)));
  }

  private MinerConfig minerConfig(String name) {
    return MinerConfig.of(network.config(NodeRole.MINER, name), 1L << 28);
  }

  private void start(MinerConfig config) {
    network.serve(config.host().name(), env -> MinerNode.start(env, config));
  }

  /// Starts a miner whose acknowledgement of a segment of one piece never reaches the user: it is
  /// killed when the segment is safe on its disk and the indexer heard of it, and starts again a
  /// while later.
  void startMinerThatDiesOnceStaged(String name, Duration away) {
    SimNode miner = machine(name);
    SimNode user = machine("user");
    // Slow enough for the moment between the last piece and the word to keep it.
    world.network().setLatency(user, miner, Duration.ofMillis(100));
    boolean[] received = {false};
    miner.start(env -> {
      try (MinerNode node = MinerNode.start(env, minerConfig(name))) {
        while (node.status().figures().getOrDefault(MinerCounter.PIECES_RECEIVED.label(), 0L)
            == 0) {
          env.clock().sleep(Duration.ofMillis(5));
        }
        received[0] = true;
        env.clock().sleep(Duration.ofDays(9));
      }
    });
    when(
        received,
        () ->
            world.after(
                Duration.ofMillis(50),
                () -> {
                  var mute = world.network().block(List.of(miner), List.of(user));
                  world.after(
                      Duration.ofMillis(500),
                      () -> {
                        restart(name, away);
                        mute.heal();
                      });
                }));
  }

  private void when(boolean[] happened, Runnable action) {
    if (happened[0]) {
      action.run();
    } else {
      world.after(Duration.ofMillis(5), () -> when(happened, action));
    }
  }

  /// Kills a miner, which starts again a while later.
  void restart(String miner, Duration away) {
    machine(miner).kill();
    world.after(away, () -> startMiner(miner));
  }

  UserConfig userConfig() {
    return userConfig("user", wallet);
  }

  private UserConfig userConfig(String name, PrivateKey key) {
    UserConfig standard = UserConfig.standard(network.config(NodeRole.USER, name), key);
    return new UserConfig(
        standard.host(),
        key,
        standard.limits(),
        2,
        standard.minCopies(),
        standard.timing(),
        standard.autoResume());
  }

  /// Runs `script` on another machine beside what goes on, to the end, with an account of its own.
  void stranger(Script script) {
    run("stranger", userConfig("stranger", TestNetwork.key("stranger")), script);
  }

  /// Starts the user node and runs `script` on its machine to the end.
  void user(Script script) {
    run("user", userConfig(), script);
  }

  private void run(String machine, UserConfig config, Script script) {
    network.runAlone(
        machine,
        env -> {
          try (UserNode user = UserNode.start(env, config)) {
            script.run(env, user);
          }
        });
  }

  /// Starts the user node and runs `script` on its machine, which crashes after a while.
  void userUntilKilled(Script script, Duration after) {
    machine("user")
        .start(env -> {
          try (UserNode user = UserNode.start(env, userConfig())) {
            script.run(env, user);
          }
        });
    world.runFor(after);
    network.throwFailure();
    machine("user").kill();
    world.runFor(Duration.ofSeconds(1));
  }

  // What scripts do.

  static byte[] content(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static void write(Env env, Path path, byte[] content) throws IOException {
    env.disk().delete(path);
    try (DiskFile file = env.disk().open(path, Disk.Mode.CREATE_NEW)) {
      file.write(ByteBuffer.wrap(content), 0);
      file.force();
    }
  }

  static UserApi.PutRequest request(Env env, String key, Path source, int copies) {
    Instant expires = env.clock().wall().plus(Duration.ofDays(30));
    return new UserApi.PutRequest(
        "abc",
        key,
        Optional.of(source),
        "",
        Optional.empty(),
        Optional.of(copies),
        Optional.of(expires),
        true);
  }

  static UserApi.GetRequest fetch(String key, Path target) {
    return new UserApi.GetRequest("abc", key, "", target, Optional.empty());
  }

  static JobProgress await(Env env, UserNode user, String task) throws Exception {
    while (true) {
      JobProgress progress = user.progress(task);
      if (progress.state() != TaskState.PENDING && progress.state() != TaskState.RUNNING) {
        return progress;
      }
      env.clock().sleep(Duration.ofMillis(10));
    }
  }

  static void finish(Env env, UserNode user, String task) throws Exception {
    JobProgress progress = await(env, user, task);
    assertEquals("", progress.error());
    assertEquals(TaskState.FINISHED, progress.state());
    assertEquals(progress.totalBytes(), progress.finishedBytes());
  }

  @Override
  public void close() {
    network.close();
  }
}
