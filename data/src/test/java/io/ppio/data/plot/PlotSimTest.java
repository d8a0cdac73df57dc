package io.ppio.data.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.fixtures.ForgetfulDisk;
import io.ppio.env.Env;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.Quota;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Kills a plot at every point and looks at what is left.
///
/// Three tasks store, read and free segments until the machine dies; then the plot is opened again
/// and must hold what was acknowledged, no tile twice, and nothing reserved. Run with `-Dseed=N`
/// for one seed.
class PlotSimTest {
  private static final Path FOLDER = Path.of("/disk/plot");
  private static final int TILES = 24;
  private static final long QUOTA_BYTES = 64L << 20;
  private static final int WRITERS = 3;
  private static final int STEPS = 5;

  /// One machine, and what its program was told is durable.
  private static final class Machine {
    private final SimWorld world;
    private final SimNode node;
    private final UnaryOperator<Env> bug;
    private final RandomGenerator random;

    /// Acknowledged and not asked to be freed.
    private final Map<Long, Sample> acknowledged = new TreeMap<>();

    /// Freeing was acknowledged.
    private final List<Sample> freed = new ArrayList<>();

    private final List<String> violations = new ArrayList<>();
    private long nextNumber;
    private boolean ended;

    Machine(SimWorld world, UnaryOperator<Env> bug) {
      this.world = world;
      this.node = world.node("miner");
      this.bug = bug;
      this.random = world.random("work");
    }

    /// Lets the program run; it dies at operation `kill`, or ends first.
    ///
    /// @return operations it made
    long run(long kill) {
      ended = false;
      long before = node.operations();
      if (node.running()) {
        node.kill();
      }
      node.killAtOperation(kill);
      node.start(env -> live(bug.apply(env)));
      world.runUntil(() -> ended || !node.running(), world.now().plusSeconds(3600));
      long operations = node.operations() - before;
      node.kill();
      assertEquals(Optional.empty(), world.failure(), world::describe);
      return operations;
    }

    private void live(Env env) throws Exception {
      Quota quota = new Quota(QUOTA_BYTES);
      try (Plot plot = open(env, quota);
          Tasks tasks = env.tasks("writers")) {
        check(plot, quota);
        for (int writer = 0; writer < WRITERS; writer++) {
          tasks.fork("writer", () -> work(plot));
        }
        tasks.join();
        check(plot, quota);
      }
      ended = true;
    }

    private static Plot open(Env env, Quota quota) throws Exception {
      try {
        return Plot.open(env, FOLDER, quota);
      } catch (NoSuchFileException _) {
        return Plot.create(env, FOLDER, Sample.header(TILES), quota);
      }
    }

    private void work(Plot plot) throws Exception {
      for (int step = 0; step < STEPS; step++) {
        List<Long> mine = List.copyOf(acknowledged.keySet());
        switch (random.nextInt(6)) {
          case 0 -> freeOne(plot, mine);
          case 1 -> readOne(plot, mine);
          case 2 -> {
            Optional<Reservation> given = plot.reserve(random.nextInt(1, 4));
            if (given.isPresent()) {
              given.get().close();
            }
          }
          default -> storeOne(plot);
        }
      }
    }

    private void storeOne(Plot plot) throws Exception {
      Sample sample = new Sample(nextNumber++, random.nextInt(1, 5));
      if (sample.storeIn(plot)) {
        acknowledged.put(sample.number(), sample);
      }
    }

    private void freeOne(Plot plot, List<Long> known) throws Exception {
      if (!known.isEmpty()) {
        long number = known.get(random.nextInt(known.size()));
        Sample ending = acknowledged.remove(number);
        if (ending != null) {
          if (!plot.free(ending.rid())) {
            violations.add("segment " + number + " was gone before it was freed");
          }
          freed.add(ending);
        }
      }
    }

    private void readOne(Plot plot, List<Long> known) throws Exception {
      if (!known.isEmpty()) {
        Sample sample = acknowledged.get(known.get(random.nextInt(known.size())));
        if (sample != null) {
          List<String> faults = sample.faultsIn(plot);
          // It may have been freed by another task while it was read.
          if (acknowledged.containsKey(sample.number())) {
            violations.addAll(faults);
          }
        }
      }
    }

    private void check(Plot plot, Quota quota) throws Exception {
      for (Sample sample : acknowledged.values()) {
        violations.addAll(sample.faultsIn(plot));
      }
      for (Sample sample : freed) {
        plot.segment(sample.rid())
            .ifPresent(segment -> violations.add("freed and back: " + segment));
      }
      plot.recovery().damaged().forEach(rid -> violations.add("damaged at start: " + rid));
      Map<Integer, Hash> owners = new TreeMap<>();
      plot.scan(segment -> {
        for (Extent extent : segment.extents()) {
          for (int tile = extent.start(); tile < extent.end(); tile++) {
            Hash other = owners.put(tile, segment.replica().rid());
            if (other != null) {
              violations.add("tile " + tile + " belongs to two segments");
            }
          }
        }
        return true;
      });
      PlotUsage usage = plot.usage();
      if (usage.reserved() != 0 || usage.bad() != 0 || usage.data() != owners.size()) {
        violations.add("tiles leak: " + usage + ", in segments " + owners.size());
      }
      if (quota.used(Quota.Use.PLOT) != plot.header().fileBytes() || quota.free() < 0) {
        violations.add("the quota is wrong");
      }
    }
  }

  private static List<String> violationsAfterKillsAt(
      long seed, UnaryOperator<Env> bug, long... kills) {
    try (SimWorld world = new SimWorld(seed)) {
      world.checkEvery(1 << 20);
      Machine machine = new Machine(world, bug);
      for (long kill : kills) {
        machine.run(kill);
      }
      machine.run(Long.MAX_VALUE / 2);
      assertTrue(machine.ended || !machine.violations.isEmpty(), world::describe);
      return machine.violations;
    }
  }

  @Test
  void killAtEveryPointLosesNothingThatWasAcknowledged() {
    long operations;
    try (SimWorld world = new SimWorld(1)) {
      operations = new Machine(world, env -> env).run(Long.MAX_VALUE / 2);
    }
    for (long kill = 1; kill <= operations; kill++) {
      assertEquals(
          List.of(), violationsAfterKillsAt(1, env -> env, kill), "killed at operation " + kill);
    }
  }

  @Seeds(60)
  void severalKillsLoseNothingThatWasAcknowledged(RandomGenerator random) {
    long[] kills = random.longs(4, 1, 400).toArray();
    assertEquals(List.of(), violationsAfterKillsAt(random.nextLong(), env -> env, kills));
  }

  @Test
  void acknowledgingBeforeTheForceIsFound() {
    UnaryOperator<Env> bug = env -> ForgetfulDisk.in(env, path -> path.endsWith("plot.dat"));
    long seed = 1;
    while (seed <= 20 && violationsAfterKillsAt(seed, bug, 150, 150).isEmpty()) {
      seed++;
    }
    assertTrue(seed <= 20, "20 seeds did not find the planted bug");
  }

  @Seeds(60)
  void cancelledWritersLeakNoTileAndLeaveOnlyWholeSegments(RandomGenerator random) {
    SimWorld.run(
        random.nextLong(),
        env -> {
          Quota quota = new Quota(QUOTA_BYTES);
          List<Sample> samples = new ArrayList<>();
          try (Plot plot = Plot.create(env, FOLDER, Sample.header(TILES), quota)) {
            try (Tasks tasks = env.tasks("writers")) {
              for (long number = 0; number < 6; number++) {
                Sample sample = new Sample(number, random.nextInt(1, 4));
                samples.add(sample);
                Task writer = tasks.serve("writer", () -> sample.storeIn(plot));
                tasks.serve(
                    "canceller",
                    () -> {
                      env.clock().sleep(Duration.ofNanos(random.nextLong(8_000_000)));
                      writer.cancel();
                    });
              }
              tasks.join();
            }
            int stored = 0;
            for (Sample sample : samples) {
              if (plot.segment(sample.rid()).isPresent()) {
                stored += sample.tiles();
                assertEquals(List.of(), sample.faultsIn(plot));
              }
            }
            assertEquals(stored, plot.usage().data());
            assertEquals(0, plot.usage().reserved());
            assertTrue(new Sample(100, 1).storeIn(plot));
          }
        });
  }

  @Seeds(5)
  void sameSeedGivesTheSameTrace(long seed) {
    assertEquals(traceOf(seed), traceOf(seed));
  }

  private static String traceOf(long seed) {
    try (SimWorld world = new SimWorld(seed)) {
      Machine machine = new Machine(world, env -> env);
      machine.run(100);
      machine.run(Long.MAX_VALUE / 2);
      assertEquals(RunEnd.IDLE, world.runFor(Duration.ofSeconds(1)));
      return world.traceHash().hex();
    }
  }
}
