package io.ppio.data.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.plot.Sample;
import io.ppio.data.segment.TileRead;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimWorld;
import io.ppio.env.simulated.around.ForgetfulEnv;
import io.ppio.env.simulated.fixtures.KilledProgram;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.TileFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Kills staging at every point and looks at what is left.
///
/// Three tasks begin, write, checkpoint, stage and remove uploads until the machine dies; then
/// every acknowledged segment must be there whole, no removed one may be back, and no upload may
/// claim a tile that it has not.
class StagingSimTest {
  private static final Path FOLDER = Path.of("/disk/staging");
  private static final Path RECORDS = Path.of("/disk/state");
  private static final long QUOTA_BYTES = 5 << 20;
  private static final int UPLOADERS = 3;
  private static final int STEPS = 4;

  private static final class Machine extends KilledProgram {
    private final Map<Long, Sample> acknowledged = new TreeMap<>();
    private final List<Sample> removed = new ArrayList<>();
    private final Map<Long, Sample> begun = new TreeMap<>();

    Machine(SimWorld world, UnaryOperator<Env> bug) {
      super(world, bug);
    }

    @Override
    protected void live(Env env) throws Exception {
      Quota quota = new Quota(QUOTA_BYTES);
      try (Store store = env.disk().openStore(RECORDS);
          Staging staging = Staging.open(env, FOLDER, store, quota);
          Tasks tasks = env.tasks("uploaders")) {
        check(env, staging, quota);
        for (int i = 0; i < UPLOADERS; i++) {
          tasks.fork("uploader", () -> work(env, staging));
        }
        tasks.join();
        check(env, staging, quota);
      }
    }

    private void work(Env env, Staging staging) throws Exception {
      for (int step = 0; step < STEPS; step++) {
        List<Long> known = List.copyOf(acknowledged.keySet());
        if (!known.isEmpty() && random.nextInt(4) == 0) {
          Sample ending = acknowledged.remove(known.get(random.nextInt(known.size())));
          if (ending != null) {
            staging.find(ending.id()).orElseThrow().remove();
            removed.add(ending);
          }
        } else {
          upload(env, staging);
        }
      }
    }

    private void upload(Env env, Staging staging) throws Exception {
      long number = begun.size();
      Sample sample = new Sample(number, random.nextInt(1, 6));
      begun.put(number, sample);
      if (!(staging.begin(sample.id(), sample.tiles())
          instanceof StageBegin.Accepted(Upload upload))) {
        return;
      }
      try (Tasks lanes = env.tasks("lanes")) {
        lanes.fork("even", () -> write(upload, sample, 0));
        lanes.fork("odd", () -> write(upload, sample, 1));
        lanes.join();
      }
      if (random.nextInt(5) > 0 && upload.stage(sample.root()) instanceof StageResult.Staged) {
        acknowledged.put(sample.number(), sample);
      }
    }

    private void write(Upload upload, Sample sample, int first) throws Exception {
      List<Hash> roots = sample.roots();
      for (int tile = first; tile < sample.tiles(); tile += 2) {
        upload.write(tile, ByteBuffer.wrap(sample.tile(tile)), roots.get(tile));
        if (random.nextInt(3) == 0) {
          upload.checkpoint();
        }
      }
    }

    private void check(Env env, Staging staging, Quota quota) throws Exception {
      for (Sample sample : acknowledged.values()) {
        Optional<Upload> upload = staging.find(sample.id());
        if (upload.isEmpty() || upload.get().state() != Upload.State.STAGED) {
          violations.add("acknowledged and gone: " + sample + " " + upload.map(Upload::state));
        }
      }
      for (Sample sample : removed) {
        if (staging.find(sample.id()).isPresent()) {
          violations.add("removed and back: " + sample);
        }
      }
      for (Sample sample : begun.values()) {
        staging.find(sample.id()).ifPresent(upload -> checkTiles(sample, upload));
      }
      int files = env.disk().list(FOLDER).size();
      if (files != staging.uploads().size() || quota.free() < 0) {
        violations.add(files + " files for " + staging.uploads().size() + " uploads");
      }
    }

    private void checkTiles(Sample sample, Upload upload) {
      byte[] target = new byte[TileFile.TILE_BYTES];
      byte[] bitmap = upload.received().toArray();
      List<Hash> roots = sample.roots();
      for (int tile = 0; tile < upload.tiles(); tile++) {
        boolean claimed = (bitmap[tile / 8] & 0x80 >> tile % 8) != 0;
        TileRead read = upload.read(tile, target);
        if (claimed != !(read instanceof TileRead.Absent)
            || (claimed && !new TileHasher().root(target, 0).equals(roots.get(tile)))) {
          violations.add("tile " + tile + " of " + sample + ": " + read);
        }
      }
    }
  }

  @Test
  void killAtEveryPointLosesNothingThatWasAcknowledged() {
    KilledProgram.assertNoKillViolates(world -> new Machine(world, env -> env));
  }

  @Seeds(100)
  void severalKillsLoseNothingThatWasAcknowledged(RandomGenerator random) {
    long[] kills = random.longs(4, 1, 200).toArray();
    assertEquals(
        List.of(),
        KilledProgram.violationsAfterKillsAt(
            random.nextLong(), world -> new Machine(world, env -> env), kills));
  }

  @Test
  void acknowledgingBeforeTheForceIsFound() {
    UnaryOperator<Env> bug =
        env -> new ForgetfulEnv(env, path -> path.toString().endsWith(".stage"), _ -> true);
    KilledProgram.assertFound(world -> new Machine(world, bug), 100);
  }
}
