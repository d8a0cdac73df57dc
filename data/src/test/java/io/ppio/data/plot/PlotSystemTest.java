package io.ppio.data.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.data.segment.TileRead;
import io.ppio.data.staging.StageBegin;
import io.ppio.data.staging.StageResult;
import io.ppio.data.staging.Staging;
import io.ppio.data.staging.Upload;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.Log;
import io.ppio.env.Store;
import io.ppio.env.Tasks;
import io.ppio.env.real.RealEnv;
import io.ppio.physical.disk.DiskHealth.Operation;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.TileFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Plot and staging on the disk, the store and the threads of the machine.
@Timeout(120)
class PlotSystemTest {
  private static final Path PLOT = Path.of("plot");
  private static final int WRITERS = 8;
  private static final int SEGMENTS = 6;
  private static final int TILES = 200;

  private static final class Quiet implements Log {
    @Override
    public void info(String event, Object... pairs) {}

    @Override
    public void warn(String event, Object... pairs) {}

    @Override
    public void error(String event, Object... pairs) {
      throw new AssertionError(event + " " + List.of(pairs));
    }

    @Override
    public void debug(String event, Object... pairs) {}
  }

  private static final long QUOTA_BYTES = 1L << 30;

  private final Quota quota = new Quota(QUOTA_BYTES);

  @Test
  void manyWritersStoreReadAndFreeAtOnce(@TempDir Path root) throws Exception {
    Env env = new RealEnv("miner", root, new Quiet());
    try (Plot plot = Plot.create(env, PLOT, Sample.header(TILES), quota)) {
      try (Tasks tasks = env.tasks("writers")) {
        for (int writer = 0; writer < WRITERS; writer++) {
          int number = writer * SEGMENTS;
          tasks.fork("writer", () -> storeReadFree(plot, number));
        }
        tasks.join();
      }
      assertEquals(0, plot.usage().reserved());
      assertTrue(plot.health().of(Operation.FORCE).count() <= WRITERS * SEGMENTS);
      assertThrows(FolderInUse.class, () -> Plot.open(env, PLOT, quota));
    }
    try (Plot plot = Plot.open(env, PLOT, quota)) {
      assertEquals(List.of(), plot.recovery().damaged());
      assertEquals(WRITERS * SEGMENTS / 2, plot.recovery().segments());
      for (int number = 0; number < WRITERS * SEGMENTS; number++) {
        Sample sample = sample(number);
        assertEquals(number % 2 == 1, plot.segment(sample.rid()).isPresent());
        if (number % 2 == 1) {
          assertEquals(List.of(), sample.faultsIn(plot));
        }
      }
    }
  }

  private static Sample sample(int number) {
    return new Sample(number, 1 + number % 3);
  }

  private static void storeReadFree(Plot plot, int from) throws Exception {
    for (int number = from; number < from + SEGMENTS; number++) {
      Sample sample = sample(number);
      assertTrue(sample.storeIn(plot));
      assertEquals(List.of(), sample.faultsIn(plot));
      if (number % 2 == 0) {
        assertTrue(plot.free(sample.rid()));
      }
    }
  }

  @Test
  void stagedSegmentIsThereAfterARestart(@TempDir Path root) throws Exception {
    Env env = new RealEnv("miner", root, new Quiet());
    Sample sample = new Sample(1, 128);
    Path folder = Path.of("staging");
    try (Store store = env.disk().openStore(Path.of("state"));
        Staging staging = Staging.open(env, folder, store, quota)) {
      Upload upload =
          assertInstanceOf(StageBegin.Accepted.class, staging.begin(sample.id(), sample.tiles()))
              .upload();
      List<io.ppio.crypto.hash.Hash> roots = sample.roots();
      try (Tasks tasks = env.tasks("pieces")) {
        for (int lane = 0; lane < 4; lane++) {
          int first = lane;
          tasks.fork(
              "lane",
              () -> {
                for (int tile = first; tile < sample.tiles(); tile += 4) {
                  assertTrue(
                      upload.write(tile, ByteBuffer.wrap(sample.tile(tile)), roots.get(tile)));
                }
              });
        }
        tasks.join();
      }
      assertEquals(new StageResult.Staged(), upload.stage(sample.root()));
    }
    try (Store store = env.disk().openStore(Path.of("state"));
        Staging staging = Staging.open(env, folder, store, quota)) {
      Upload upload = staging.find(sample.id()).orElseThrow();
      byte[] target = new byte[TileFile.TILE_BYTES];
      for (int tile = 0; tile < sample.tiles(); tile++) {
        assertInstanceOf(TileRead.Intact.class, upload.read(tile, target));
      }
      assertTrue(upload.remove());
      assertEquals(List.of(), env.disk().list(folder));
    }
    assertEquals(QUOTA_BYTES, quota.free());
  }
}
