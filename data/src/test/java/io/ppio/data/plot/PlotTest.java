package io.ppio.data.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.segment.TileRead;
import io.ppio.env.Bytes;
import io.ppio.env.Disk.Mode;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.physical.disk.DiskHealth.Operation;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.Quota.Use;
import io.ppio.physical.disk.QuotaExceeded;
import io.ppio.physical.disk.TileFile;
import io.ppio.physical.disk.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlotTest {
  private static final Path FOLDER = Path.of("/disk/plot");
  private static final int TILES = 16;

  private static final long QUOTA_BYTES = 1L << 30;

  private final Quota quota = new Quota(QUOTA_BYTES);

  private interface PlotUse {
    void run(Env env, Plot plot) throws Exception;
  }

  private void onPlot(PlotUse body) {
    SimWorld.run(
        1,
        env -> {
          try (Plot plot = Plot.create(env, FOLDER, Sample.header(TILES), quota)) {
            body.run(env, plot);
          }
        });
  }

  @Test
  void segmentReadsBackAsStored() {
    onPlot((_, plot) -> {
      Sample sample = new Sample(1, 5);
      assertTrue(sample.storeIn(plot));
      assertEquals(List.of(), sample.faultsIn(plot));
      Segment segment = plot.segment(sample.rid()).orElseThrow();
      assertEquals(sample.replica(), segment.replica());
      assertEquals(List.of(new Extent(0, 5)), segment.extents());
      assertEquals(SegmentState.SEALED, segment.state());
      assertEquals(Optional.of(sample.roots()), plot.tileRoots(sample.rid()));
      assertEquals(new PlotUsage(TILES, new PlotUsage.Free(11, 0, 0), 0, 5, 0), plot.usage());
    });
  }

  @Test
  void segmentsAreThereAfterAnOrderlyRestart() {
    SimWorld.run(
        1,
        env -> {
          Sample sample = new Sample(1, 3);
          try (Plot plot = Plot.create(env, FOLDER, Sample.header(TILES), quota)) {
            assertTrue(sample.storeIn(plot));
            assertTrue(plot.activate(sample.rid()));
            assertFalse(plot.activate(sample.rid()));
          }
          try (Plot plot = Plot.open(env, FOLDER, quota)) {
            assertEquals(new Recovery(1, 0, 1, List.of()), plot.recovery());
            assertEquals(List.of(), sample.faultsIn(plot));
            Segment segment = plot.segment(sample.rid()).orElseThrow();
            assertEquals(SegmentState.ACTIVE, segment.state());
            assertFalse(segment.activatedAt().orElseThrow().isBefore(segment.storedAt()));
            assertEquals(Sample.header(TILES), plot.header());
            assertEquals(3, plot.usage().data());
          }
        });
  }

  @Test
  void whatIsNotThereIsAbsent() {
    onPlot((_, plot) -> {
      byte[] target = new byte[TileFile.TILE_BYTES];
      Sample sample = new Sample(1, 2);
      assertEquals(new TileRead.Absent(), plot.read(sample.rid(), 0, target));
      assertTrue(sample.storeIn(plot));
      assertEquals(new TileRead.Absent(), plot.read(sample.rid(), 2, target));
      assertEquals(new TileRead.Absent(), plot.read(sample.rid(), -1, target));
      assertEquals(Optional.empty(), plot.tileRoots(new Sample(2, 1).rid()));
      assertFalse(plot.free(new Sample(2, 1).rid()));
      assertFalse(plot.activate(new Sample(2, 1).rid()));
    });
  }

  @Test
  void freedTilesAreTakenFirst() {
    onPlot((_, plot) -> {
      Sample first = new Sample(1, 4);
      assertTrue(first.storeIn(plot));
      assertTrue(new Sample(2, 4).storeIn(plot));
      assertTrue(plot.free(first.rid()));
      assertFalse(plot.free(first.rid()));
      assertEquals(Optional.empty(), plot.segment(first.rid()));
      assertEquals(new PlotUsage(TILES, new PlotUsage.Free(8, 0, 4), 0, 4, 0), plot.usage());
      Sample third = new Sample(3, 3);
      assertTrue(third.storeIn(plot));
      assertEquals(List.of(new Extent(0, 3)), plot.segment(third.rid()).orElseThrow().extents());
    });
  }

  @Test
  void fullPlotGivesNoTilesAndTakesNoneAway() {
    onPlot((_, plot) -> {
      assertTrue(new Sample(1, 15).storeIn(plot));
      assertEquals(Optional.empty(), plot.reserve(2));
      assertTrue(plot.reserve(1).isPresent());
      assertEquals(Optional.empty(), plot.reserve(1));
    });
  }

  @Test
  void secondSegmentOfOneRidIsRefusedAndItsTilesComeBack() {
    onPlot((_, plot) -> {
      Sample sample = new Sample(1, 3);
      assertTrue(sample.storeIn(plot));
      assertFalse(sample.storeIn(plot));
      assertEquals(new PlotUsage(TILES, new PlotUsage.Free(10, 0, 3), 0, 3, 0), plot.usage());
      assertEquals(List.of(), sample.faultsIn(plot));
    });
  }

  @Test
  void reservationThatWasGivenUpFreesItsTiles() {
    onPlot((_, plot) -> {
      Reservation reservation = plot.reserve(4).orElseThrow();
      reservation.write(0, ByteBuffer.wrap(new Sample(1, 1).tile(0)));
      assertEquals(4, plot.usage().reserved());
      reservation.close();
      reservation.close();
      assertEquals(new PlotUsage(TILES, new PlotUsage.Free(12, 0, 4), 0, 0, 0), plot.usage());
    });
  }

  @Test
  void commitNeedsEveryTileAndTheRightRoots() {
    onPlot((_, plot) -> {
      Sample sample = new Sample(1, 2);
      try (Reservation reservation = plot.reserve(2).orElseThrow()) {
        reservation.write(0, ByteBuffer.wrap(sample.tile(0)));
        assertThrows(
            IllegalStateException.class,
            () -> reservation.commit(sample.replica(), sample.roots()));
        reservation.write(1, ByteBuffer.wrap(sample.tile(1)));
        assertThrows(
            IllegalStateException.class,
            () -> reservation.commit(sample.replica(), sample.roots().reversed()));
        assertTrue(reservation.commit(sample.replica(), sample.roots()));
      }
      assertEquals(List.of(), sample.faultsIn(plot));
    });
  }

  @Test
  void writersThatWaitShareOneForce() {
    onPlot((env, plot) -> {
      long before = plot.health().of(Operation.FORCE).count();
      try (Tasks tasks = env.tasks("writers")) {
        for (int i = 0; i < 12; i++) {
          Sample sample = new Sample(i, 1);
          tasks.fork("writer", () -> assertTrue(sample.storeIn(plot)));
        }
        tasks.join();
      }
      long forces = plot.health().of(Operation.FORCE).count() - before;
      assertTrue(forces <= 6, forces + " forces for 12 segments");
      for (int i = 0; i < 12; i++) {
        assertEquals(List.of(), new Sample(i, 1).faultsIn(plot));
      }
    });
  }

  @Test
  void flippedBitIsReportedAsDamage() {
    onPlot((env, plot) -> {
      Sample sample = new Sample(1, 3);
      assertTrue(sample.storeIn(plot));
      flip(env, TileFile.position(1) + 100);
      byte[] target = new byte[TileFile.TILE_BYTES];
      assertEquals(new TileRead.Damaged(1), plot.read(sample.rid(), 1, target));
      assertInstanceOf(TileRead.Intact.class, plot.read(sample.rid(), 2, target));
    });
  }

  private static void flip(Env env, long position) throws IOException {
    try (DiskFile file = env.disk().open(FOLDER.resolve("plot.dat"), Mode.READ_WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.readFully(one, position);
      one.put(0, (byte) (one.get(0) ^ 1)).rewind();
      file.write(one, position);
    }
  }

  @Test
  void segmentCommittedLastThatDoesNotReadBackIsFoundAtStart() {
    SimWorld.run(
        1,
        env -> {
          Sample old = new Sample(1, 1);
          Sample recent = new Sample(2, 2);
          try (Plot plot = Plot.create(env, FOLDER, Sample.header(TILES), quota)) {
            assertTrue(old.storeIn(plot));
            env.clock().sleep(Duration.ofSeconds(70));
            assertTrue(recent.storeIn(plot));
          }
          flip(env, TileFile.position(0));
          flip(env, TileFile.position(2));
          env.clock().sleep(Duration.ofDays(1).dividedBy(2));
          try (Plot plot = Plot.open(env, FOLDER, quota)) {
            assertEquals(new Recovery(2, 0, 1, List.of(recent.rid())), plot.recovery());
          }
        });
  }

  @Test
  void scanSeesSegmentsInOrderAndStopsWhenTold() {
    onPlot((_, plot) -> {
      for (int i = 0; i < 5; i++) {
        assertTrue(new Sample(i, 1).storeIn(plot));
      }
      List<Hash> seen = new ArrayList<>();
      plot.scan(segment -> seen.add(segment.replica().rid()));
      assertEquals(5, seen.size());
      assertEquals(seen.stream().sorted().toList(), seen);
      seen.clear();
      plot.scan(segment -> {
        seen.add(segment.replica().rid());
        return seen.size() < 2;
      });
      assertEquals(2, seen.size());
    });
  }

  @Test
  void spaceCountsInTheQuotaWhileItIsOpen() {
    onPlot((env, plot) -> {
      assertEquals(Sample.header(TILES).fileBytes(), quota.used(Use.PLOT));
      assertTrue(quota.used(Use.METADATA) > 0);
      assertThrows(FolderInUse.class, () -> Plot.open(env, FOLDER, quota));
      plot.close();
      assertEquals(QUOTA_BYTES, quota.free());
    });
  }

  @Test
  void plotBeyondTheQuotaIsNotMade() {
    SimWorld.run(
        1,
        env -> {
          Quota small = new Quota(Sample.header(TILES).fileBytes());
          assertThrows(
              QuotaExceeded.class, () -> Plot.create(env, FOLDER, Sample.header(TILES), small));
          assertFalse(env.disk().exists(FOLDER));
          assertEquals(Sample.header(TILES).fileBytes(), small.free());
        });
  }

  @Test
  void missingForeignAndOtherVersionsAreToldApart() {
    SimWorld.run(
        1,
        env -> {
          assertThrows(NoSuchFileException.class, () -> Plot.open(env, FOLDER, quota));
          Plot.create(env, FOLDER, Sample.header(TILES), quota).close();
          assertThrows(
              FileAlreadyExistsException.class,
              () -> Plot.create(env, FOLDER, Sample.header(TILES), quota));
          withRecords(env, new StoreBatch().delete(PlotRecords.PLOT));
          assertTrue(refusal(env).endsWith(" has lost its records"), refusal(env));
          withRecords(
              env, new StoreBatch().put(PlotRecords.plotKeyOfVersion(2), Bytes.of((byte) 1)));
          assertTrue(refusal(env).endsWith(" has format 2, this program reads 1"), refusal(env));
          withRecords(
              env,
              new StoreBatch()
                  .put(
                      PlotRecords.PLOT,
                      PlotRecords.encode(
                          new PlotRecords.PlotRecord(Sample.hash("other", 1), TILES, true))));
          assertTrue(
              refusal(env).endsWith(" belongs to another plot than its records"), refusal(env));
          assertEquals(QUOTA_BYTES, quota.free());
        });
  }

  private static void withRecords(Env env, StoreBatch batch) throws IOException {
    try (Store store = env.disk().openStore(FOLDER.resolve("meta"))) {
      assertTrue(store.commit(batch, Durability.SYNCED));
    }
  }

  private String refusal(Env env) {
    return String.valueOf(
        assertThrows(UnreadableFile.class, () -> Plot.open(env, FOLDER, quota).close())
            .getMessage());
  }

  @Test
  void closedPlotTakesNothing() {
    onPlot((_, plot) -> {
      plot.close();
      plot.close();
      assertThrows(IOException.class, () -> plot.reserve(1));
      assertThrows(IOException.class, () -> plot.free(new Sample(1, 1).rid()));
    });
  }

  /// Every operation of the disk fails with some probability; what was acknowledged nevertheless
  /// reads back from the plot opened on a disk that was mended.
  @Test
  void failingDiskLosesNothingThatWasAcknowledged() {
    for (long seed = 1; seed <= 30; seed++) {
      List<Sample> acknowledged = new ArrayList<>();
      try (SimWorld world = new SimWorld(seed, failing(0.02))) {
        runToEnd(world, env -> storeWhatTheDiskTakes(env, acknowledged));
      }
      assertTrue(acknowledged.size() >= 6, acknowledged::toString);
    }
  }

  private static SimConfig failing(double probability) {
    return SimConfig.calm().with(new SimConfig.DiskFaults(0.5, 0, 0, probability));
  }

  private static void runToEnd(SimWorld world, SimNode.Main main) {
    boolean[] ended = {false};
    world
        .node("node")
        .start(env -> {
          main.run(env);
          ended[0] = true;
        });
    world.expect(RunEnd.DONE, world.runUntil(() -> ended[0], Duration.ofHours(1)));
  }

  private void storeWhatTheDiskTakes(Env env, List<Sample> acknowledged) throws Exception {
    for (int number = 0; number < 12; number++) {
      try (Plot plot = openOrCreate(env)) {
        for (Sample sample : acknowledged) {
          assertTrue(intactOrUnreadable(sample, plot), () -> "lost: " + sample);
        }
        Sample sample = new Sample(number, 1);
        if (sample.storeIn(plot)) {
          acknowledged.add(sample);
        }
      } catch (IOException _) {
        // The injected failure; the plot is opened again, as a miner does.
        number--;
      }
    }
  }

  private Plot openOrCreate(Env env) throws IOException {
    try {
      return Plot.open(env, FOLDER, quota);
    } catch (NoSuchFileException _) {
      return Plot.create(env, FOLDER, Sample.header(TILES), quota);
    }
  }

  private static boolean intactOrUnreadable(Sample sample, Plot plot) throws Exception {
    return sample.faultsIn(plot).stream().allMatch(fault -> fault.contains("Unreadable"));
  }
}
