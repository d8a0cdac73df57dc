package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A simulated world: a seed, nodes, a network, and a script of what befalls them.
///
/// ```java
/// try (var world = new SimWorld(seed, SimConfig.rough())) {
///   SimNode miner = world.node("miner");
///   miner.start(env -> MinerNode.start(env, config).serve());
///   world.at(Duration.ofSeconds(3), miner::kill);
///   world.check(acknowledgedIsReadable);
///   world.expect(RunEnd.DONE, world.runUntil(user::finished, Duration.ofMinutes(5)));
/// }
/// ```
///
/// Everything runs on the thread that made the world, which must be a platform thread, while one of
/// the `run` methods does. The world fails when an invariant is violated, when a task ends with an
/// unchecked exception or error (our own bug, by the rules of [Check]), when something waits
/// outside the scheduler, or when the script says so.
public final class SimWorld implements AutoCloseable {
  /// Wall time at the start of every world.
  public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private static final int LINES_KEPT = 200;

  private final long seed;
  private SimConfig config;
  private final Kernel kernel = new Kernel();
  private final SimNetwork network;
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();
  private final List<Invariant> invariants = new ArrayList<>();
  private final List<TaskFailure> taskFailures = new ArrayList<>();
  private final FaultCounters faults = new FaultCounters();
  private final ArrayDeque<String> lastLines = new ArrayDeque<>();
  private @Nullable Consumer<String> printer;
  private int checkEvery = 1;
  private long links;
  private boolean toleratesBugs;

  /// A task of a node that ended with something other than its orderly end.
  public record TaskFailure(Duration at, SimNode node, String task, Throwable reason) {}

  /// A world of `seed` in which only the script makes faults.
  public SimWorld(long seed) {
    this(seed, SimConfig.calm());
  }

  public SimWorld(long seed, SimConfig config) {
    this.seed = seed;
    this.config = config;
    this.network = new SimNetwork(this);
    network.startPartitions();
  }

  /// Runs `body` as the program of one node until it ends, for tests of what needs an
  /// [io.ppio.env.Env] and no more.
  ///
  /// @throws AssertionError when it fails, waits for ever, or needs more than a virtual day
  public static void run(long seed, SimNode.Main body) {
    try (SimWorld world = new SimWorld(seed)) {
      boolean[] ended = {false};
      world
          .node("node")
          .start(env -> {
            body.run(env);
            ended[0] = true;
          });
      RunEnd end = world.runUntil(() -> ended[0], Duration.ofDays(1));
      world.taskFailures.stream()
          .filter(failure -> failure.task().equals("main"))
          .findFirst()
          .ifPresent(failure -> {
            throw new AssertionError("seed " + seed + ": " + failure.reason(), failure.reason());
          });
      world.expect(RunEnd.DONE, end);
    }
  }

  // What it is made of.

  public long seed() {
    return seed;
  }

  public SimConfig config() {
    return config;
  }

  public SimNetwork network() {
    return network;
  }

  Kernel kernel() {
    return kernel;
  }

  /// The node called `name`, made when first asked for.
  public SimNode node(String name) {
    SimNode known = nodes.get(name);
    if (known != null) {
      return known;
    }
    SimNode made = new SimNode(this, name, nodes.size());
    nodes.put(name, made);
    network.add(made);
    return made;
  }

  /// All nodes in the order in which they were made.
  public List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /// A stream of choices for the script.
  public RandomGenerator random(String purpose) {
    return SeededRandom.of(seed, "script", purpose);
  }

  long nextLink() {
    return links++;
  }

  // The script.

  /// Virtual time since the start.
  public Duration now() {
    return Duration.ofNanos(kernel.nowNanos());
  }

  /// Does `action` when `time` has passed since the start; now, when it has already.
  public void at(Duration time, Runnable action) {
    kernel.schedule(new Script(action), time.toNanos());
  }

  /// Does `action` when `delay` has passed from now.
  public void after(Duration delay, Runnable action) {
    kernel.after(delay.toNanos(), new Script(action));
  }

  private final class Script extends SimEvent {
    private final Runnable action;

    Script(Runnable action) {
      this.action = action;
    }

    @Override
    void fire() {
      kernel.trace.record(kernel.nowNanos(), -1, Trace.Kind.SCRIPT, 0, 0);
      action.run();
    }
  }

  /// Adds what must always be so.
  public void check(Invariant invariant) {
    invariants.add(invariant);
  }

  /// Checks the invariants after every `events` events only (1 at first), and at the end of each
  /// run.
  public void checkEvery(int events) {
    checkEvery = Check.positive(events, "events");
  }

  /// From now on links go wrong as `faults` say.
  public void setLinkFaults(SimConfig.LinkFaults faults) {
    boolean partitioned = config.linkFaults().partition() > 0;
    config = config.with(faults);
    if (!partitioned) {
      network.startPartitions();
    }
  }

  /// Heals every partition, and from now on nothing goes wrong with links by chance.
  public void calmLinks() {
    config = config.with(SimConfig.LinkFaults.none());
    network.healAll();
  }

  /// Makes the world fail; the first reason counts.
  public void fail(String reason) {
    kernel.fail(reason);
  }

  /// Lets tasks end with unchecked exceptions; they are still among [#taskFailures].
  public void tolerateBugs() {
    toleratesBugs = true;
  }

  /// Gives each log line, as it is written, to `sink`.
  public void printTo(Consumer<String> sink) {
    printer = sink;
  }

  // Running.

  /// Runs until `time` since the start.
  public RunEnd runUntil(Duration time) {
    return run(() -> false, time.toNanos());
  }

  /// Runs until `done` holds between two events, at most until `limit` since the start.
  public RunEnd runUntil(BooleanSupplier done, Duration limit) {
    return run(done, limit.toNanos());
  }

  /// Runs for `duration` from now.
  public RunEnd runFor(Duration duration) {
    return run(() -> false, kernel.nowNanos() + duration.toNanos());
  }

  private RunEnd run(BooleanSupplier done, long limitNanos) {
    kernel.checkOwner();
    long nextCheck = kernel.executed() + checkEvery;
    while (kernel.failure() == null) {
      if (done.getAsBoolean()) {
        return ended(RunEnd.DONE);
      }
      if (!kernel.step(limitNanos)) {
        if (kernel.isIdle()) {
          return ended(RunEnd.IDLE);
        }
        kernel.idleUntil(limitNanos);
        return ended(RunEnd.TIME_LIMIT);
      }
      if (kernel.executed() >= nextCheck) {
        nextCheck = kernel.executed() + checkEvery;
        checkInvariants();
      }
    }
    return RunEnd.FAILURE;
  }

  private RunEnd ended(RunEnd end) {
    checkInvariants();
    return kernel.failure() == null ? end : RunEnd.FAILURE;
  }

  private void checkInvariants() {
    for (Invariant invariant : invariants) {
      invariant.violated().ifPresent(how -> fail("not so: " + invariant.name() + ": " + how));
    }
  }

  /// @throws AssertionError with [#describe] when `actual` is not `wanted`
  public void expect(RunEnd wanted, RunEnd actual) {
    if (wanted != actual) {
      throw new AssertionError(
          "the run ended by " + actual + ", not " + wanted + "\n" + describe());
    }
  }

  // What became of it.

  /// Why the world failed; empty when it did not.
  public Optional<String> failure() {
    return Optional.ofNullable(kernel.failure());
  }

  /// Wake-ups from outside the scheduler; more than none fails the world.
  public long foreignWakeUps() {
    return kernel.foreignWakeUps();
  }

  public List<TaskFailure> taskFailures() {
    return Collections.unmodifiableList(taskFailures);
  }

  /// Events that have happened.
  public long events() {
    return kernel.executed();
  }

  /// How often each fault came true.
  public FaultCounters faults() {
    return faults;
  }

  /// SHA-256 over everything that has happened, in order.
  public Bytes traceHash() {
    return kernel.trace.hash();
  }

  /// Seed, faults, failure and the last lines logged, for a person.
  public String describe() {
    StringBuilder text = new StringBuilder("seed " + seed + ", " + config + "\n");
    text.append("at ").append(now()).append(" after ").append(events()).append(" events, faults: ");
    text.append(faults).append("\nfailure: ").append(failure().orElse("none")).append('\n');
    for (TaskFailure failure : taskFailures) {
      text.append(failure).append('\n');
    }
    lastLines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /// Ends the world: nothing in it runs again.
  @Override
  public void close() {
    kernel.checkOwner();
    for (SimNode node : nodes.values()) {
      node.incarnation().ifPresent(Incarnation::abandon);
    }
    kernel.clear();
  }

  // What nodes tell.

  void record(SimNode node, Trace.Kind kind, long first, long second) {
    kernel.trace.record(kernel.nowNanos(), node.index(), kind, first, second);
  }

  /// The wall clock of `node`.
  Instant wall(SimNode node) {
    return EPOCH.plusNanos(kernel.nowNanos()).plus(node.wallOffset());
  }

  void fault(SimNode node, FaultCounters.Fault fault) {
    faults.count(fault);
    record(node, Trace.Kind.FAULT, fault.code(), 0);
  }

  void logged(SimNode node, String line) {
    record(node, Trace.Kind.LOG, line.length(), Trace.checksum(line));
    String full = String.format("%12.6f %-10s %s", kernel.nowNanos() / 1e9, node.name(), line);
    if (lastLines.size() == LINES_KEPT) {
      lastLines.remove();
    }
    lastLines.add(full);
    if (printer != null) {
      printer.accept(full);
    }
  }

  void taskFailed(SimNode node, String task, Throwable reason) {
    taskFailures.add(new TaskFailure(now(), node, task, reason));
    record(node, Trace.Kind.TASK_FAILED, Trace.checksum(task), 0);
    boolean bug = reason instanceof RuntimeException || reason instanceof Error;
    if (bug && !toleratesBugs) {
      fail("task " + task + " of " + node + " failed: " + reason);
    }
  }
}
