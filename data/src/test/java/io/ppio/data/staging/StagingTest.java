package io.ppio.data.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.data.plot.Sample;
import io.ppio.data.segment.TileRead;
import io.ppio.env.Bytes;
import io.ppio.env.Disk.Mode;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimWorld;
import io.ppio.physical.disk.Quota;
import io.ppio.physical.disk.TileFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StagingTest {
  private static final Path FOLDER = Path.of("/disk/staging");
  private static final Path RECORDS = Path.of("/disk/state");

  private static final long QUOTA_BYTES = 4 << 20;

  private final Quota quota = new Quota(QUOTA_BYTES);

  private interface Body {
    void run(Env env, Staging staging) throws Exception;
  }

  private void onStaging(Body body) {
    SimWorld.run(1, env -> withStaging(env, body));
  }

  private void onDisk(SimConfig.DiskModel disk, Body body) {
    try (SimWorld world = new SimWorld(1, SimConfig.calm().with(disk))) {
      boolean[] ended = {false};
      world
          .node("disk")
          .start(env -> {
            withStaging(env, body);
            ended[0] = true;
          });
      world.expect(RunEnd.DONE, world.runUntil(() -> ended[0], Duration.ofDays(7)));
    }
  }

  private void withStaging(Env env, Body body) throws Exception {
    try (Store store = env.disk().openStore(RECORDS);
        Staging staging = Staging.open(env, FOLDER, store, quota)) {
      body.run(env, staging);
    }
  }

  private static Upload begin(Staging staging, Sample sample) throws Exception {
    return assertInstanceOf(StageBegin.Accepted.class, staging.begin(sample.id(), sample.tiles()))
        .upload();
  }

  private static void write(Upload upload, Sample sample, int tile) throws Exception {
    assertTrue(upload.write(tile, ByteBuffer.wrap(sample.tile(tile)), sample.roots().get(tile)));
  }

  private static void writeAll(Upload upload, Sample sample) throws Exception {
    for (int tile = sample.tiles() - 1; tile >= 0; tile--) {
      write(upload, sample, tile);
    }
  }

  private static void assertReadable(Upload upload, Sample sample) {
    byte[] target = new byte[TileFile.TILE_BYTES];
    for (int tile = 0; tile < sample.tiles(); tile++) {
      assertEquals(new TileRead.Intact(sample.roots().get(tile)), upload.read(tile, target));
      assertEquals(ByteBuffer.wrap(sample.tile(tile)), ByteBuffer.wrap(target));
    }
  }

  @Test
  void tilesInAnyOrderMakeASegment() {
    onStaging((_, staging) -> {
      Sample sample = new Sample(1, 4);
      Upload upload = begin(staging, sample);
      write(upload, sample, 2);
      assertEquals("20", upload.received().hex());
      assertEquals(new StageResult.Incomplete(3), upload.stage(sample.root()));
      write(upload, sample, 3);
      write(upload, sample, 0);
      write(upload, sample, 1);
      assertFalse(upload.write(1, ByteBuffer.wrap(sample.tile(1)), sample.roots().get(1)));
      assertEquals(new StageResult.OtherRoot(sample.root()), upload.stage(new Sample(2, 4).root()));
      assertEquals(new StageResult.Staged(), upload.stage(sample.root()));
      assertEquals(new StageResult.Staged(), upload.stage(sample.root()));
      assertEquals(Upload.State.STAGED, upload.state());
      assertEquals(sample.roots(), upload.roots());
      assertReadable(upload, sample);
    });
  }

  @Test
  void receivedTilesCanBeReadBeforeTheRestIsThere() {
    onStaging((_, staging) -> {
      Sample sample = new Sample(1, 3);
      Upload upload = begin(staging, sample);
      write(upload, sample, 1);
      byte[] target = new byte[TileFile.TILE_BYTES];
      assertInstanceOf(TileRead.Intact.class, upload.read(1, target));
      assertEquals(new TileRead.Absent(), upload.read(0, target));
      assertEquals(new TileRead.Absent(), upload.read(3, target));
    });
  }

  @Test
  void beginningAgainFindsTheUpload() {
    onStaging((_, staging) -> {
      Sample sample = new Sample(1, 3);
      Upload upload = begin(staging, sample);
      assertEquals(upload, begin(staging, sample));
      assertEquals(
          new StageBegin.Refused(StageBegin.Reason.CONFLICT), staging.begin(sample.id(), 4));
      assertEquals(Optional.of(upload), staging.find(sample.id()));
      assertEquals(List.of(upload), staging.uploads());
    });
  }

  @Test
  void stagedSegmentsAndCheckpointsAreThereAfterARestart() {
    SimWorld.run(
        1,
        env -> {
          Sample whole = new Sample(1, 3);
          Sample part = new Sample(2, 10);
          Sample lost = new Sample(3, 2);
          withStaging(
              env,
              (_, staging) -> {
                Upload upload = begin(staging, whole);
                writeAll(upload, whole);
                assertEquals(new StageResult.Staged(), upload.stage(whole.root()));
                Upload unfinished = begin(staging, part);
                write(unfinished, part, 0);
                write(unfinished, part, 9);
                unfinished.checkpoint();
                write(unfinished, part, 5);
                write(begin(staging, lost), lost, 0);
              });
          assertEquals(QUOTA_BYTES, quota.free());
          withStaging(
              env,
              (_, staging) -> {
                assertEquals(2, staging.uploads().size());
                Upload upload = staging.find(whole.id()).orElseThrow();
                assertEquals(Upload.State.STAGED, upload.state());
                assertReadable(upload, whole);
                Upload unfinished = staging.find(part.id()).orElseThrow();
                assertEquals("8040", unfinished.received().hex());
                for (int tile = 1; tile < 9; tile++) {
                  write(unfinished, part, tile);
                }
                assertEquals(new StageResult.Staged(), unfinished.stage(part.root()));
                assertEquals(2, env.disk().list(FOLDER).size());
              });
        });
  }

  @Test
  void quotaIsNeverExceeded() {
    onStaging((_, staging) -> {
      Upload upload = begin(staging, new Sample(1, 20));
      assertEquals(
          new StageBegin.Refused(StageBegin.Reason.QUOTA),
          staging.begin(new Sample(2, 1).id(), 12));
      assertTrue(upload.remove());
      assertInstanceOf(StageBegin.Accepted.class, staging.begin(new Sample(2, 1).id(), 12));
    });
  }

  @Test
  void fullDiskIsToldBeforeAnythingIsMade() {
    onDisk(
        new SimConfig.DiskModel(
            Duration.ofNanos(1000), Duration.ofMillis(1), 4L * TileFile.TILE_BYTES),
        (env, staging) -> {
          begin(staging, new Sample(1, 2));
          assertEquals(
              new StageBegin.Refused(StageBegin.Reason.DISK_FULL),
              staging.begin(new Sample(2, 1).id(), 2));
          assertEquals(1, env.disk().list(FOLDER).size());
        });
  }

  @Test
  void reservationEndsTenMinutesAfterTheLastTile() {
    onStaging((env, staging) -> {
      Sample idle = new Sample(1, 20);
      Sample staged = new Sample(2, 1);
      Upload upload = begin(staging, idle);
      Upload kept = begin(staging, staged);
      writeAll(kept, staged);
      assertEquals(new StageResult.Staged(), kept.stage(staged.root()));
      env.clock().sleep(Duration.ofMinutes(9));
      write(upload, idle, 0);
      env.clock().sleep(Duration.ofMinutes(9));
      assertEquals(List.of(), staging.expire());
      assertTrue(upload.reservedUntil().isAfter(env.clock().wall()));
      env.clock().sleep(Duration.ofMinutes(1));
      assertEquals(List.of(idle.id()), staging.expire());
      assertEquals(List.of(kept), staging.uploads());
      assertEquals(1, env.disk().list(FOLDER).size());
    });
  }

  /// A disk that is slower than the reservation lasts: the sweep comes while the segment becomes
  /// durable, and has to see afterwards that it is.
  @Test
  void whatIsBeingStagedWhenItsReservationEndsIsKept() {
    onDisk(
        new SimConfig.DiskModel(Duration.ofNanos(1000), Duration.ofMinutes(150), 1L << 30),
        (env, staging) -> {
          Sample sample = new Sample(1, 2);
          Upload upload = begin(staging, sample);
          writeAll(upload, sample);
          List<StageResult> results = new ArrayList<>();
          try (Tasks tasks = env.tasks("user")) {
            tasks.fork("commit", () -> results.add(upload.stage(sample.root())));
            while (results.isEmpty()) {
              env.clock().sleep(Duration.ofSeconds(10));
              assertEquals(List.of(), staging.expire());
            }
            tasks.join();
          }
          assertEquals(List.of(new StageResult.Staged()), results);
          assertReadable(upload, sample);
        });
  }

  @Test
  void callingOffAnUploadThatIsBeingStagedLeavesIt() {
    onStaging((env, staging) -> {
      Sample sample = new Sample(1, 2);
      Upload upload = begin(staging, sample);
      writeAll(upload, sample);
      try (Tasks tasks = env.tasks("user")) {
        tasks.fork(
            "commit", () -> assertEquals(new StageResult.Staged(), upload.stage(sample.root())));
        env.clock().sleep(Duration.ofNanos(1000));
        assertFalse(upload.discard());
        tasks.join();
      }
      assertReadable(upload, sample);
      assertTrue(upload.remove());
      Upload unfinished = begin(staging, sample);
      write(unfinished, sample, 0);
      assertTrue(unfinished.discard());
      assertEquals(List.of(), staging.uploads());
    });
  }

  @Test
  void beginningAgainRenewsTheReservation() {
    onStaging((env, staging) -> {
      Sample sample = new Sample(1, 2);
      Upload upload = begin(staging, sample);
      env.clock().sleep(Duration.ofMinutes(9));
      assertEquals(upload, begin(staging, sample));
      env.clock().sleep(Duration.ofMinutes(9));
      assertEquals(new StageResult.Incomplete(2), upload.stage(sample.root()));
      env.clock().sleep(Duration.ofMinutes(9));
      assertEquals(List.of(), staging.expire());
    });
  }

  @Test
  void newUploadTakesTheSpaceOfAnExpiredOne() {
    onStaging((env, staging) -> {
      begin(staging, new Sample(1, 20));
      env.clock().sleep(Duration.ofMinutes(11));
      begin(staging, new Sample(2, 20));
      assertEquals(1, staging.uploads().size());
    });
  }

  @Test
  void removedUploadIsGoneForGood() {
    SimWorld.run(
        1,
        env -> {
          Sample sample = new Sample(1, 2);
          withStaging(
              env,
              (_, staging) -> {
                Upload upload = begin(staging, sample);
                writeAll(upload, sample);
                assertEquals(new StageResult.Staged(), upload.stage(sample.root()));
                assertTrue(upload.remove());
                assertFalse(upload.remove());
                assertEquals(Optional.empty(), staging.find(sample.id()));
                byte[] target = new byte[TileFile.TILE_BYTES];
                assertEquals(new TileRead.Absent(), upload.read(0, target));
                assertThrows(
                    IOException.class, () -> begunAgainAndRemoved(staging, sample).checkpoint());
              });
          withStaging(env, (_, staging) -> assertEquals(List.of(), staging.uploads()));
        });
  }

  private static Upload begunAgainAndRemoved(Staging staging, Sample sample) throws Exception {
    Upload upload = begin(staging, sample);
    assertEquals("00", upload.received().hex());
    assertTrue(upload.remove());
    return upload;
  }

  @Test
  void flippedBitIsReportedAsDamage() {
    onStaging((env, staging) -> {
      Sample sample = new Sample(1, 2);
      Upload upload = begin(staging, sample);
      writeAll(upload, sample);
      Path path = FOLDER.resolve(sample.id().hex() + ".stage");
      try (DiskFile file = env.disk().open(path, Mode.READ_WRITE)) {
        byte other = (byte) ~sample.tile(1)[5];
        file.write(ByteBuffer.wrap(new byte[] {other}), TileFile.TILE_BYTES + 5);
      }
      byte[] target = new byte[TileFile.TILE_BYTES];
      assertEquals(new TileRead.Damaged(1), upload.read(1, target));
      assertInstanceOf(TileRead.Intact.class, upload.read(0, target));
    });
  }

  @Test
  void otherKeysOfASharedStoreAreLeftAlone() {
    SimWorld.run(
        1,
        env -> {
          try (Store store = env.disk().openStore(RECORDS)) {
            for (String key : List.of("0154ff", "0156", "00", "02")) {
              assertTrue(
                  store.commit(
                      new io.ppio.env.StoreBatch().put(Bytes.fromHex(key), Bytes.of((byte) 1)),
                      Store.Durability.SYNCED));
            }
            try (Staging staging = Staging.open(env, FOLDER, store, quota)) {
              assertEquals(List.of(), staging.uploads());
            }
            assertTrue(store.get(Bytes.fromHex("0156")).isPresent());
          }
        });
  }
}
