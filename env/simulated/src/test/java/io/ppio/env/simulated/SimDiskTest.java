package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.FolderInUse;
import io.ppio.env.FolderLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Files and folders of a node that is not killed.
class SimDiskTest {
  private static final Path FOLDER = Path.of("/data/plots");
  private static final Path FILE = FOLDER.resolve("one");

  private interface Body {
    void use(Disk disk) throws Exception;
  }

  private static void onDisk(Body body) {
    SimWorld.run(
        1,
        env -> {
          env.disk().createFolders(FOLDER);
          body.use(env.disk());
        });
  }

  @Test
  void spaceIsTakenAndGivenBack() {
    SimConfig.DiskModel small =
        new SimConfig.DiskModel(Duration.ofNanos(1000), Duration.ofMillis(1), 1 << 20);
    try (SimWorld world = new SimWorld(1, SimConfig.calm().with(small))) {
      boolean[] done = {false};
      world
          .node("a")
          .start(env -> {
            Disk disk = env.disk();
            DiskFile file = disk.open(Path.of("/big"), Disk.Mode.CREATE);
            file.allocate(1 << 20);
            assertEquals(0, disk.usableBytes(Path.of("/")));
            file.write(ByteBuffer.allocate(1000), (1 << 20) - 1000);
            DiskFile more = disk.open(Path.of("/more"), Disk.Mode.CREATE);
            assertThrows(IOException.class, () -> more.write(ByteBuffer.allocate(1), 0));
            assertThrows(IOException.class, () -> more.allocate(1));
            disk.delete(Path.of("/big"));
            assertEquals(0, disk.usableBytes(Path.of("/")));
            file.close();
            assertEquals(1 << 20, disk.usableBytes(Path.of("/")));
            more.write(ByteBuffer.allocate(1), 0);
            done[0] = true;
          });
      world.expect(RunEnd.DONE, world.runUntil(() -> done[0], Duration.ofHours(1)));
    }
  }

  @Test
  void aFolderIsLockedUntilItsHolderLetsGoOrDies() {
    try (SimWorld world = new SimWorld(1)) {
      SimNode node = world.node("a");
      int[] locked = {0};
      SimNode.Main main =
          env -> {
            env.disk().createFolders(FOLDER);
            FolderLock lock = env.disk().lock(FOLDER);
            assertThrows(FolderInUse.class, () -> env.disk().lock(FOLDER));
            lock.close();
            env.disk().lock(FOLDER);
            locked[0]++;
            env.clock().sleep(Duration.ofHours(1));
          };
      node.start(main);
      world.at(Duration.ofSeconds(1), () -> node.restart(main));
      world.expect(RunEnd.DONE, world.runUntil(() -> locked[0] == 2, Duration.ofHours(1)));
    }
  }

  @Test
  void operationsTakeTime() {
    onDisk(disk -> {
      assertFalse(disk.restrict(FOLDER));
      assertThrows(NoSuchFileException.class, () -> disk.restrict(FILE));
    });
    try (SimWorld world = new SimWorld(1)) {
      world
          .node("a")
          .start(env -> {
            try (DiskFile file = env.disk().open(Path.of("/f"), Disk.Mode.CREATE)) {
              for (int i = 0; i < 100; i++) {
                file.write(ByteBuffer.allocate(10), i);
                file.force();
              }
            }
          });
      world.expect(RunEnd.IDLE, world.runUntil(Duration.ofHours(1)));
      long millis = world.now().toMillis();
      assertTrue(millis > 50 && millis < 210, () -> millis + " ms for 100 forces");
      assertEquals(201, world.node("a").operations());
    }
  }

  @Test
  void faultsOfTheDiskComeTrueWithTheirProbability() {
    SimConfig.DiskFaults faults = new SimConfig.DiskFaults(0, 0, 0.5, 0.1);
    try (SimWorld world = new SimWorld(1, SimConfig.calm().with(faults))) {
      int[] counts = {0, 0};
      world
          .node("a")
          .start(env -> {
            for (int i = 0; i < 1000; i++) {
              try (DiskFile file = env.disk().open(Path.of("/f"), Disk.Mode.CREATE)) {
                file.write(ByteBuffer.allocate(100), 0);
                byte[] bytes = env.disk().readAll(Path.of("/f"), 100);
                counts[0] += ByteBuffer.wrap(bytes).equals(ByteBuffer.allocate(100)) ? 0 : 1;
              } catch (IOException e) {
                counts[1]++;
              }
            }
          });
      world.expect(RunEnd.IDLE, world.runUntil(Duration.ofHours(1)));
      assertTrue(counts[0] > 200 && counts[1] > 200, counts[0] + " flips, " + counts[1]);
      assertEquals(counts[1], world.faults().of(FaultCounters.Fault.IO_ERROR));
    }
  }
}
