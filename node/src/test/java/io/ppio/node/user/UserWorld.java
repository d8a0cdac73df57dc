package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.Offer;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.HostConfig;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A simulated network of one indexer, verifiers and miners, and a user that runs scripts.
final class UserWorld implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(5);
  static final Path FOLDER = Path.of("/data");

  /// Small segments, so that objects have many.
  static final int SEGMENT = 4 * 131_072;

  private static final int PORT = 8050;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  final SimWorld world;
  final PrivateKey wallet =
      PrivateKey.of(Hash.sha256("wallet".getBytes(StandardCharsets.UTF_8)).toArray());
  private final Map<String, PeerId> services = new LinkedHashMap<>();
  private final List<String> miners = new ArrayList<>();
  private final Genesis genesis;

  /// What the user does.
  @FunctionalInterface
  interface Script {
    void run(Env env, UserNode user) throws Exception;
  }

  UserWorld(int verifiers, int minerCount, long seed) {
    world = new SimWorld(seed);
    makeIdentity("indexer");
    for (int i = 0; i < verifiers; i++) {
      makeIdentity("v" + i);
    }
    world.expect(RunEnd.DONE, world.runUntil(() -> services.size() == verifiers + 1, START));
    world.runFor(Duration.ofMillis(100));
    List<GenesisNode> nodes = new ArrayList<>();
    services.forEach((name, peer) -> nodes.add(genesisNode(name, peer)));
    genesis =
        new Genesis(
            NetworkClass.DEV,
            "users",
            SimWorld.EPOCH.plus(START),
            Parameters.LOCAL.withSegmentBytes(SEGMENT),
            nodes);
    services.keySet().forEach(this::startService);
    for (int i = 0; i < minerCount; i++) {
      miners.add("m" + i);
      startMiner("m" + i);
    }
    world.runFor(START.plusSeconds(7));
  }

  private void makeIdentity(String name) {
    world
        .node(name)
        .start(env -> {
          Path file = FOLDER.resolve("net").resolve("peer.key");
          services.put(name, NodeIdentity.loadOrCreate(env, file).peerId());
        });
  }

  private GenesisNode genesisNode(String name, PeerId peer) {
    NodeRole role = name.equals("indexer") ? NodeRole.INDEXER : NodeRole.VERIFIER;
    String address = machine(name).at(PORT).getAddress().getHostAddress() + ":" + PORT;
    return new GenesisNode(role.bit(), peer, name, List.of(address));
  }

  SimNode machine(String name) {
    return world.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseGet(() -> world.node(name));
  }

  private HostConfig config(NodeRole role, String name) {
    return new HostConfig(role, name, FOLDER, machine(name).at(PORT), genesis, List.of());
  }

  private void startService(String name) {
    machine(name)
        .start(env -> {
          if (name.equals("indexer")) {
            try (IndexerNode _ = IndexerNode.start(env, config(NodeRole.INDEXER, name))) {
              env.clock().sleep(Duration.ofDays(9));
            }
          } else {
            VerifierConfig config = new VerifierConfig(config(NodeRole.VERIFIER, name));
            try (VerifierNode _ = VerifierNode.start(env, config)) {
              env.clock().sleep(Duration.ofDays(9));
            }
          }
        });
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
    return MinerConfig.of(config(NodeRole.MINER, name), 1L << 28);
  }

  private void start(MinerConfig config) {
    machine(config.host().name())
        .start(env -> {
          try (MinerNode _ = MinerNode.start(env, config)) {
            env.clock().sleep(Duration.ofDays(9));
          }
        });
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
        while (node.status().get(MinerCounter.PIECES_RECEIVED) == 0) {
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
    return UserConfig.standard(config(NodeRole.USER, name), key).withDefaultCopies(2);
  }

  /// Runs `script` on another machine beside what goes on, to the end, with an account of its own.
  void stranger(Script script) {
    PrivateKey other =
        PrivateKey.of(Hash.sha256("stranger".getBytes(StandardCharsets.UTF_8)).toArray());
    run("stranger", userConfig("stranger", other), script);
  }

  /// Starts the user node and runs `script` on its machine to the end.
  void user(Script script) {
    run("user", userConfig(), script);
  }

  private void run(String machine, UserConfig config, Script script) {
    boolean[] done = {false};
    machine(machine)
        .start(env -> {
          try (UserNode user = UserNode.start(env, config)) {
            script.run(env, user);
          }
          done[0] = true;
        });
    RunEnd end =
        world.runUntil(
            () -> done[0] || world.taskFailures().stream().anyMatch(f -> f.task().equals("main")),
            world.now().plus(LIMIT));
    world.taskFailures().stream()
        .filter(failure -> failure.task().equals("main"))
        .findFirst()
        .ifPresent(failure -> {
          throw new AssertionError(failure.reason() + "\n" + world.describe(), failure.reason());
        });
    world.expect(RunEnd.DONE, end);
    world.runFor(Duration.ofMillis(200));
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
    world.taskFailures().stream()
        .filter(failure -> failure.task().equals("main"))
        .findFirst()
        .ifPresent(failure -> {
          throw new AssertionError(failure.reason() + "\n" + world.describe(), failure.reason());
        });
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
    world.close();
  }
}
