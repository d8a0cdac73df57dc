package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What a kill leaves on the disk: all that was forced, and some of the rest.
///
/// Each test tries many seeds, checks that none breaks a promise, and that each outcome that the
/// promise allows was seen.
class CrashTest {
  private static final int SEEDS = 60;
  private static final Path FOLDER = Path.of("/data");
  private static final Path FILE = FOLDER.resolve("file");
  private static final Bytes KEY = Bytes.of((byte) 1);

  private interface Before {
    void write(Env env) throws Exception;
  }

  private interface After {
    String find(Disk disk) throws Exception;
  }

  /// The outcomes of writing, crashing and looking, over all seeds.
  private static Set<String> outcomes(SimConfig.DiskFaults faults, Before before, After after) {
    Set<String> outcomes = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (SimWorld world = new SimWorld(seed, SimConfig.calm().with(faults))) {
        SimNode node = world.node("a");
        boolean[] written = {false};
        node.start(env -> {
          env.disk().createFolders(FOLDER);
          env.disk().forceFolder(Path.of("/"));
          before.write(env);
          written[0] = true;
          env.clock().sleep(Duration.ofDays(1));
        });
        world.expect(RunEnd.DONE, world.runUntil(() -> written[0], Duration.ofHours(1)));
        node.kill();
        boolean[] found = {false};
        node.start(env -> {
          outcomes.add(after.find(env.disk()));
          found[0] = true;
        });
        world.expect(RunEnd.DONE, world.runUntil(() -> found[0], Duration.ofHours(1)));
      }
    }
    return outcomes;
  }

  private static Set<String> outcomes(Before before, After after) {
    return outcomes(SimConfig.DiskFaults.crashesOnly(), before, after);
  }

  private static void write(DiskFile file, long position, int value, int count) throws IOException {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    file.write(ByteBuffer.wrap(bytes), position);
  }

  private static String content(Disk disk, Path path) throws IOException {
    if (!disk.exists(path)) {
      return "absent";
    }
    byte[] bytes = disk.readAll(path, 1 << 20);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (i == 0 || bytes[i] != bytes[i - 1]) {
        text.append(bytes[i]);
      }
    }
    return text + ":" + bytes.length;
  }

  private static DiskFile durableFile(Disk disk) throws IOException {
    DiskFile file = disk.open(FILE, Disk.Mode.CREATE);
    disk.forceFolder(FOLDER);
    return file;
  }

  @Test
  void aForcedWriteSurvives() {
    assertEquals(
        Set.of("1:1000"),
        outcomes(
            env -> {
              DiskFile file = durableFile(env.disk());
              write(file, 0, 1, 1000);
              file.force();
            },
            disk -> content(disk, FILE)));
  }

  @Test
  void anUnforcedWriteMaySurviveOrNotOrLeaveItsSizeOnly() {
    assertEquals(
        Set.of(":0", "0:1000", "1:1000"),
        outcomes(env -> write(durableFile(env.disk()), 0, 1, 1000), disk -> content(disk, FILE)));
  }

  @Test
  void whatWasWrittenDuringAForceIsNotCoveredByIt() {
    Set<String> outcomes =
        outcomes(
            env -> {
              DiskFile file = durableFile(env.disk());
              write(file, 0, 1, 1000);
              try (var tasks = env.tasks("force")) {
                tasks.fork("force", file::force);
                tasks.fork("write", () -> write(file, 1000, 2, 1000));
                tasks.join();
              }
            },
            disk -> content(disk, FILE));
    assertTrue(outcomes.contains("1:1000") && outcomes.contains("12:2000"), outcomes::toString);
    assertTrue(outcomes.stream().allMatch(outcome -> outcome.startsWith("1")), outcomes::toString);
  }

  @Test
  void inOrderALaterWriteNeverSurvivesAnEarlierOneAndReorderedItMay() {
    Before twoWrites =
        env -> {
          DiskFile file = durableFile(env.disk());
          file.allocate(2000);
          file.force();
          write(file, 0, 1, 1000);
          write(file, 1000, 2, 1000);
        };
    assertEquals(
        Set.of("0:2000", "10:2000", "12:2000"),
        outcomes(new SimConfig.DiskFaults(0, 0, 0, 0), twoWrites, disk -> content(disk, FILE)));
    assertEquals(
        Set.of("0:2000", "10:2000", "02:2000", "12:2000"),
        outcomes(new SimConfig.DiskFaults(1, 0, 0, 0), twoWrites, disk -> content(disk, FILE)));
  }

  @Test
  void aTornWriteSurvivesUpToASector() {
    Set<String> outcomes =
        outcomes(
            new SimConfig.DiskFaults(0, 1, 0, 0),
            env -> {
              DiskFile file = durableFile(env.disk());
              file.allocate(4096);
              file.force();
              write(file, 0, 1, 4096);
            },
            disk -> {
              byte[] bytes = disk.readAll(FILE, 4096);
              int kept = 0;
              while (kept < bytes.length && bytes[kept] == 1) {
                kept++;
              }
              assertEquals(0, kept % 512);
              return "kept " + kept;
            });
    assertTrue(outcomes.size() > 5, outcomes::toString);
  }

  @Test
  void aNewFileMayBeAbsentUntilItsFolderIsForced() {
    Before unforcedFolder =
        env -> {
          DiskFile file = env.disk().open(FILE, Disk.Mode.CREATE);
          write(file, 0, 1, 10);
          file.force();
        };
    assertEquals(Set.of("absent", "1:10"), outcomes(unforcedFolder, disk -> content(disk, FILE)));
    assertEquals(
        Set.of("1:10"),
        outcomes(
            env -> {
              unforcedFolder.write(env);
              env.disk().forceFolder(FOLDER);
            },
            disk -> content(disk, FILE)));
  }

  @Test
  void aRenameMayBeUndoneUntilTheFolderIsForcedButIsNeverHalf() {
    Before rename =
        env -> {
          DiskFile old = durableFile(env.disk());
          write(old, 0, 1, 10);
          old.force();
          try (DiskFile fresh = env.disk().open(FOLDER.resolve("fresh"), Disk.Mode.CREATE)) {
            write(fresh, 0, 2, 10);
            fresh.force();
          }
          env.disk().forceFolder(FOLDER);
          env.disk().move(FOLDER.resolve("fresh"), FILE);
        };
    After both = disk -> content(disk, FILE) + " and " + content(disk, FOLDER.resolve("fresh"));
    assertEquals(Set.of("1:10 and 2:10", "2:10 and absent"), outcomes(rename, both));
    assertEquals(
        Set.of("2:10 and absent"),
        outcomes(
            env -> {
              rename.write(env);
              env.disk().forceFolder(FOLDER);
            },
            both));
  }

  @Test
  void aDeletedFileMayComeBackWithWhatWasForced() {
    assertEquals(
        Set.of("absent", "1:10"),
        outcomes(
            new SimConfig.DiskFaults(1, 0, 0, 0),
            env -> {
              DiskFile file = durableFile(env.disk());
              write(file, 0, 1, 10);
              file.force();
              file.close();
              env.disk().delete(FILE);
            },
            disk -> content(disk, FILE)));
  }

  @Test
  void replacingAFileGivesTheOldOrTheNewContent() {
    byte[] old = {1, 1};
    byte[] fresh = {2, 2, 2};
    assertEquals(
        Set.of("2:3"),
        outcomes(
            env -> {
              env.disk().replace(FILE, old);
              env.disk().replace(FILE, fresh);
            },
            disk -> content(disk, FILE)));
    Set<String> killedAnywhere = new TreeSet<>();
    for (int operation = 1; operation <= 7; operation++) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        killedAnywhere.add(replaceKilledAt(operation, seed, old, fresh));
      }
    }
    assertEquals(Set.of("1:2", "2:3"), killedAnywhere);
  }

  private static String replaceKilledAt(int operation, long seed, byte[] old, byte[] fresh) {
    try (SimWorld world = new SimWorld(seed)) {
      SimNode node = world.node("a");
      node.start(env -> {
        env.disk().createFolders(FOLDER);
        env.disk().forceFolder(Path.of("/"));
        env.disk().replace(FILE, old);
        node.killAtOperation(operation);
        env.disk().replace(FILE, fresh);
        env.clock().sleep(Duration.ofDays(1));
      });
      world.runUntil(() -> !node.running(), Duration.ofHours(1));
      String[] found = {""};
      node.restart(env -> found[0] = content(env.disk(), FILE));
      world.expect(RunEnd.DONE, world.runUntil(() -> !found[0].isEmpty(), Duration.ofDays(2)));
      return found[0];
    }
  }

  private static String value(Disk disk) throws IOException {
    try (Store store = disk.openStore(FOLDER.resolve("store"))) {
      return store.get(KEY).map(Bytes::hex).orElse("absent");
    }
  }

  private static StoreBatch set(int value) {
    return new StoreBatch().put(KEY, Bytes.of((byte) value));
  }

  @Test
  void aSyncedBatchSurvivesWithAllBeforeIt() {
    assertEquals(
        Set.of("02"),
        outcomes(
            env -> {
              Store store = env.disk().openStore(FOLDER.resolve("store"));
              store.commit(set(1), Store.Durability.UNSYNCED);
              store.commit(set(2), Store.Durability.SYNCED);
            },
            CrashTest::value));
  }

  @Test
  void unsyncedBatchesAreLostFromTheEnd() {
    assertEquals(
        Set.of("01", "02", "03"),
        outcomes(
            env -> {
              Store store = env.disk().openStore(FOLDER.resolve("store"));
              store.commit(set(1), Store.Durability.SYNCED);
              store.commit(set(2), Store.Durability.UNSYNCED);
              store.commit(set(3), Store.Durability.UNSYNCED);
            },
            CrashTest::value));
  }

  @Test
  void aBatchKilledDuringItsSyncIsThereOrNot() {
    Set<String> outcomes = new TreeSet<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (SimWorld world = new SimWorld(seed)) {
        SimNode node = world.node("a");
        node.start(env -> {
          Store store = env.disk().openStore(FOLDER.resolve("store"));
          store.commit(set(1), Store.Durability.SYNCED);
          node.killAtOperation(1);
          store.commit(set(2), Store.Durability.SYNCED);
          world.fail("a killed node went on");
        });
        world.expect(RunEnd.DONE, world.runUntil(() -> !node.running(), Duration.ofHours(1)));
        String[] found = {""};
        node.start(env -> found[0] = value(env.disk()));
        world.expect(RunEnd.DONE, world.runUntil(() -> !found[0].isEmpty(), Duration.ofHours(1)));
        outcomes.add(found[0]);
      }
    }
    assertEquals(Set.of("01", "02"), outcomes);
  }

  @Test
  void aStoreInAFolderThatNobodyForcedIsDurable() {
    assertEquals(
        Set.of("09"),
        outcomes(
            env ->
                env.disk()
                    .openStore(Path.of("/new/deep/store"))
                    .commit(set(9), Store.Durability.SYNCED),
            disk -> {
              try (Store store = disk.openStore(Path.of("/new/deep/store"))) {
                return store.get(KEY).map(Bytes::hex).orElse("absent");
              }
            }));
  }

  @Test
  void theSpaceOfLostFilesIsFreeAfterACrash() {
    long capacity = SimConfig.DiskModel.standard().capacityBytes();
    assertEquals(
        Set.of("true"),
        outcomes(
            env -> write(env.disk().open(FILE, Disk.Mode.CREATE), 0, 1, 100_000),
            disk -> {
              long used = capacity - disk.usableBytes(FOLDER);
              return Boolean.toString(
                  used == 0 || (disk.exists(FILE) && used == 7 * SparseBytes.PAGE_BYTES));
            }));
  }

  @Test
  void unforcedChangesOfASharedPageDoNotReachTheForcedOne() {
    SparseBytes live = new SparseBytes();
    live.write(0, new byte[] {1, 2, 3}, 3);
    SparseBytes durable = live.copy();
    live.write(1, new byte[] {9}, 1);
    durable.write(2, new byte[] {8}, 1);
    byte[] seen = new byte[3];
    live.read(0, seen);
    assertArrayEquals(new byte[] {1, 9, 3}, seen);
    durable.read(0, seen);
    assertArrayEquals(new byte[] {1, 2, 8}, seen);
  }
}
