package io.ppio.data.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Env;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimWorld;
import io.ppio.env.simulated.around.ForgetfulEnv;
import io.ppio.env.simulated.fixtures.KilledProgram;
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
  private static final class Machine extends KilledProgram {

    /// Acknowledged and not asked to be freed.
    private final Map<Long, Sample> acknowledged = new TreeMap<>();

    /// Freeing was acknowledged.
    private final List<Sample> freed = new ArrayList<>();

    private long nextNumber;

    Machine(SimWorld world, UnaryOperator<Env> bug) {
      super(world, bug);
    }

    @Override
    protected void live(Env env) throws Exception {
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

  @Test
  void killAtEveryPointLosesNothingThatWasAcknowledged() {
    KilledProgram.assertNoKillViolates(world -> new Machine(world, env -> env));
  }

  @Seeds(60)
  void severalKillsLoseNothingThatWasAcknowledged(RandomGenerator random) {
    long[] kills = random.longs(4, 1, 400).toArray();
    assertEquals(
        List.of(),
        KilledProgram.violationsAfterKillsAt(
            random.nextLong(), world -> new Machine(world, env -> env), kills));
  }

  @Test
  void acknowledgingBeforeTheForceIsFound() {
    UnaryOperator<Env> bug =
        env -> new ForgetfulEnv(env, path -> path.endsWith("plot.dat"), _ -> true);
    KilledProgram.assertFound(world -> new Machine(world, bug), 150);
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
      machine.run();
      assertEquals(RunEnd.IDLE, world.runFor(Duration.ofSeconds(1)));
      return world.traceHash().hex();
    }
  }
}
