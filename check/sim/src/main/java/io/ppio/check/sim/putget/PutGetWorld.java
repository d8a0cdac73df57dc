package io.ppio.check.sim.putget;

import io.ppio.check.sim.watch.WatchedEnv;
import io.ppio.check.sim.watch.Watcher;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store.Durability;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.FaultCounters.Fault;
import io.ppio.env.simulated.Invariant;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.ContractState;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.bootstrap.BootstrapNode;
import io.ppio.node.host.HostConfig;
import io.ppio.node.indexer.IndexerNode;
import io.ppio.node.miner.MinerConfig;
import io.ppio.node.miner.MinerNode;
import io.ppio.node.user.UserConfig;
import io.ppio.node.user.UserNode;
import io.ppio.node.verifier.VerifierConfig;
import io.ppio.node.verifier.VerifierNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The world `put-get`: 1 bootstrap node, 1 indexer, 3 verifiers, 6 miners and a user, all of them
/// the nodes of production.
///
/// | phase | what happens | what must be so at its end |
/// |---|---|---|
/// | trouble | objects are put, fetched, moved, deleted while nodes die and links fail | - |
/// | healed | all nodes lose power once more, then nothing fails | every put has finished, every deletion too |
/// | settled | - | every copy is proven or over |
/// | dark | all nodes lose power and start again | everything owed is fetched and equal |
/// | audit | all nodes lose power; the disks of the miners are read | what is owed is there, what was deleted is not |
///
/// The invariants are looked at all the time. Runs once.
public final class PutGetWorld implements AutoCloseable {
  /// What of a run is reported.
  ///
  /// @param trace hash over everything that happened
  /// @param failure how an invariant was violated, or what did not come to its end
  /// @param counts what was done and what went wrong, by name
  public record Outcome(
      long seed, Bytes trace, Optional<String> failure, Map<String, Long> counts) {}

  /// The names of what must be so.
  public static final List<String> INVARIANTS =
      List.of(
          AcknowledgedIsReadable.NAME,
          NoKeyBeforeProof.NAME,
          CopiesAreDistinct.NAME,
          StagedIsDurable.NAME,
          DeletedIsFreed.NAME);

  private static final int EVENTS_BETWEEN_CHECKS = 50;

  private static final Duration TROUBLE_MIN = Duration.ofSeconds(15);
  private static final Duration TROUBLE_MAX = Duration.ofSeconds(45);

  /// After everything was healed the user's transfers end within this.
  private static final Duration FINISH_WITHIN = Duration.ofMinutes(10);

  /// After that every contract is proven or over within this.
  private static final Duration SETTLE_WITHIN = Duration.ofMinutes(10);

  /// After the last start everything is fetched within this.
  private static final Duration FETCH_WITHIN = Duration.ofMinutes(10);

  private static final long MINER_BYTES = 256L << 20;

  /// By then miners know which contracts are over.
  private static final Duration TILL_AUDIT = Duration.ofSeconds(10);

  private static final Duration AUDIT_WITHIN = Duration.ofMinutes(1);

  private final SimWorld world;
  private final Plant plant;
  private final Cluster cluster;
  private final FaultScript chaos;
  private final List<ObjectLife> objects;
  private final PrivateKey wallet;
  private final Duration trouble;
  private final Contracts contracts = new Contracts();
  private final AcknowledgedIsReadable readable = new AcknowledgedIsReadable();
  private final NoKeyBeforeProof keys = new NoKeyBeforeProof();
  private final StagedIsDurable durable = new StagedIsDurable();
  private final DeletedIsFreed freed = new DeletedIsFreed();
  private boolean filesWritten;
  private boolean checking;
  private boolean checked;

  /// @param printer gets each log line
  public PutGetWorld(long seed, Plant plant, Optional<Consumer<String>> printer) {
    this.world = new SimWorld(seed, SimConfig.calm());
    this.plant = plant;
    printer.ifPresent(world::printTo);
    this.cluster = new Cluster(world);
    this.chaos = new FaultScript(world, cluster, this::start);
    this.objects = new ObjectPlans(world.random("objects")).draw();
    this.wallet =
        PrivateKey.of(Hash.tagged("put-get/wallet", new FixedWidth().u64(seed)).toArray());
    long span = TROUBLE_MAX.minus(TROUBLE_MIN).toMillis();
    this.trouble = TROUBLE_MIN.plusMillis(world.random("trouble").nextLong(span));
    world.checkEvery(EVENTS_BETWEEN_CHECKS);
    List<Invariant> invariants =
        List.of(readable, keys, new CopiesAreDistinct(contracts), durable, freed);
    invariants.forEach(world::check);
  }

  /// Runs the world of a seed.
  public static Outcome run(long seed, Plant plant, Optional<Consumer<String>> printer) {
    try (PutGetWorld world = new PutGetWorld(seed, plant, printer)) {
      return world.run();
    }
  }

  private Outcome run() {
    if (world.random("links").nextInt(4) > 0) {
      world.setLinkFaults(SimConfig.LinkFaults.rough());
    }
    chaos.plan(trouble);
    cluster.machines().forEach(this::start);
    Optional<String> failure = phases();
    return new Outcome(world.seed(), world.traceHash(), failure, counts());
  }

  private Optional<String> phases() {
    if (world.runUntil(trouble) != RunEnd.TIME_LIMIT) {
      return failure("the time of trouble");
    }
    chaos.end();
    if (!runUntil(() -> objects.stream().allMatch(ObjectLife::isOver), FINISH_WITHIN)) {
      return failure("the time in which transfers end");
    }
    if (!runUntil(this::isSettled, SETTLE_WITHIN)) {
      return failure("the time in which copies are proven");
    }
    checking = true;
    chaos.end();
    if (!runUntil(() -> checked, FETCH_WITHIN)) {
      return failure("the time in which everything is fetched");
    }
    world.runFor(TILL_AUDIT);
    cluster.machines().forEach(Machine::kill);
    List<Machine> miners = cluster.machines(NodeRole.MINER);
    miners.forEach(
        miner -> miner.node().start(new MinerCheck(miner, contracts, durable, freed)::run));
    if (!runUntil(() -> miners.stream().noneMatch(each -> each.node().running()), AUDIT_WITHIN)) {
      return failure("the time of the audit");
    }
    return world.failure();
  }

  private boolean runUntil(java.util.function.BooleanSupplier done, Duration within) {
    return world.runUntil(done, world.now().plus(within)) == RunEnd.DONE;
  }

  private Optional<String> failure(String phase) {
    return Optional.of(world.failure().orElse(phase + " is over and this is not: " + unfinished()));
  }

  private String unfinished() {
    return objects.stream().filter(object -> !object.isOver()).toList()
        + ", contracts "
        + contracts.newest().values().stream()
            .filter(entry -> !isSettled(entry.state()))
            .map(entry ->
                entry.id()
                    + " "
                    + entry.state()
                    + " evidence "
                    + entry.evidence().code()
                    + " at "
                    + entry.match().body().miner())
            .toList();
  }

  private boolean isSettled() {
    return contracts.newest().values().stream().allMatch(entry -> isSettled(entry.state()));
  }

  private static boolean isSettled(ContractState state) {
    // Suspect is what a reader had no answer from; it becomes available again when it answers.
    return state == ContractState.AVAILABLE || state == ContractState.SUSPECT || state.isFinal();
  }

  private void start(Machine machine) {
    machine.start(
        cluster.genesis(),
        (env, config) -> {
          Env watched = new WatchedEnv(env, new Eye(machine));
          return program(machine, plant.around(machine.role(), watched), config);
        });
  }

  private AutoCloseable program(Machine machine, Env env, HostConfig config) throws Exception {
    return switch (machine.role()) {
      case BOOTSTRAP -> BootstrapNode.start(env, config);
      case INDEXER -> IndexerNode.start(env, config);
      case VERIFIER -> {
        VerifierNode node = VerifierNode.start(env, new VerifierConfig(config));
        plant.change(NodeRole.VERIFIER, node.host());
        yield node;
      }
      case USER -> user(env, config);
      case MINER -> MinerNode.start(env, MinerConfig.of(config, MINER_BYTES));
      default -> throw new IllegalArgumentException("no program for " + machine.role());
    };
  }

  private AutoCloseable user(Env env, HostConfig config) throws Exception {
    if (!filesWritten) {
      UserScript.writeFiles(env, objects);
      filesWritten = true;
    }
    UserNode node = UserNode.start(env, UserConfig.standard(config, wallet));
    UserScript script = new UserScript(env, node, readable);
    Tasks tasks = env.tasks("script");
    if (checking) {
      tasks.fork("check", () -> check(script));
    } else {
      script.live(tasks, objects);
    }
    return () -> {
      tasks.close();
      node.close();
    };
  }

  private void check(UserScript script) throws Exception {
    for (ObjectLife object : objects) {
      script.compareOutputs(object);
      if (object.deleted()) {
        script.lookForDeleted(object, freed);
      } else if (object.isOwed()) {
        script.fetchOwed(object);
      }
    }
    checked = true;
  }

  /// Sees what one machine does.
  private final class Eye implements Watcher {
    private final Machine machine;

    Eye(Machine machine) {
      this.machine = machine;
    }

    @Override
    public void has(Bytes key, Bytes value, Durability durability) {
      switch (machine.role()) {
        case INDEXER -> contracts.has(key, value, durability);
        case VERIFIER, MINER -> keys.holderHas(machine, value, durability);
        case USER -> keys.readerHas(value);
        default -> {}
      }
    }

    @Override
    public void sending(ByteBuffer part) {
      if (machine.role() == NodeRole.VERIFIER || machine.role() == NodeRole.MINER) {
        keys.sends(machine, part);
      }
    }
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("objects", (long) objects.size());
    counts.put("objects-fetched", readable.fetched());
    counts.put("contracts", (long) contracts.all().size());
    counts.put("copies-audited", durable.copies());
    counts.put("keys-released", keys.reveals());
    counts.put("kills", chaos.kills());
    counts.put("cuts", chaos.cuts());
    for (Fault fault : Fault.values()) {
      long count = world.faults().of(fault);
      if (count > 0) {
        counts.put(fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), count);
      }
    }
    counts.put("virtual-seconds", world.now().toSeconds());
    counts.put("events", world.events());
    return counts;
  }

  @Override
  public void close() {
    world.close();
  }
}
