package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Clock;
import io.ppio.env.Disk;
import io.ppio.env.Disk.Mode;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.FolderLock;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealDiskTest {
  @TempDir Path folder;

  private final Env env = new RealEnv("node", Path.of("."), new RecordedLog());
  private final Disk disk = env.disk();

  private String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void newFilesAndFoldersAreOfTheOwnerOnly() throws Exception {
    Path deep = folder.resolve("a/b/c");
    disk.createFolders(deep);
    disk.createFolders(deep);
    disk.open(deep.resolve("file"), Mode.CREATE).close();
    assertEquals("rwx------", rights(folder.resolve("a")));
    assertEquals("rwx------", rights(deep));
    assertEquals("rw-------", rights(deep.resolve("file")));
  }

  @Test
  void rightsOfOthersAreTakenAway() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr--"));
    assertTrue(disk.restrict(file));
    assertEquals("rwx------", rights(file));
    assertFalse(disk.restrict(file));
  }

  @Test
  void allocatedSpaceIsReadAsZerosAndReallyTaken() throws Exception {
    Path path = folder.resolve("plot");
    long size = (3 << 20) + 17;
    try (DiskFile file = disk.open(path, Mode.CREATE_NEW)) {
      file.write(ByteBuffer.wrap(new byte[] {7}), 0);
      file.allocate(size);
      file.allocate(5);
      assertEquals(size, file.size());
      ByteBuffer whole = ByteBuffer.allocate((int) size);
      file.readFully(whole, 0);
      assertEquals(7, whole.array()[0]);
      assertEquals(0, whole.array()[(int) size - 1]);
      file.force();
    }
    Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
    String blocks =
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(Long.parseLong(blocks) * 512 >= size, blocks + " blocks");
  }

  @Test
  void moreThanThereIsCannotBeAllocated() throws Exception {
    try (DiskFile file = disk.open(folder.resolve("huge"), Mode.CREATE_NEW)) {
      long tooMuch = disk.usableBytes(folder) * 2;
      Messages.assertSays(
          "are free", assertThrows(IOException.class, () -> file.allocate(tooMuch)));
      assertEquals(0, file.size());
    }
    assertTrue(disk.usableBytes(folder.resolve("not/yet/made")) > 0);
  }

  @Test
  void aCancelledTaskDoesNotCloseTheFileForOthers() throws Exception {
    Clock clock = env.clock();
    try (DiskFile file = disk.open(folder.resolve("file"), Mode.CREATE_NEW);
        Tasks tasks = env.tasks("io")) {
      for (int round = 0; round < 50; round++) {
        Task task =
            tasks.serve(
                "io",
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    file.write(ByteBuffer.allocate(10_000), 0);
                    file.read(ByteBuffer.allocate(10_000), 0);
                  }
                  file.size();
                });
        clock.park(clock.nanos() + 100_000);
        task.cancel();
        task.join();
      }
      assertEquals(10_000, file.size());
    }
  }

  @Test
  void aFolderIsLockedOnce() throws Exception {
    long self = ProcessHandle.current().pid();
    try (FolderLock _ = disk.lock(folder)) {
      Path alias = Files.createSymbolicLink(folder.resolve("alias"), folder);
      FolderInUse e = assertThrows(FolderInUse.class, () -> disk.lock(alias));
      Messages.assertSays("is in use by process " + self, e);
      assertEquals(self + "\n", Files.readString(folder.resolve(".lock")));
    }
    FolderLock again = disk.lock(folder);
    again.close();
    again.close();
    assertTrue(Files.exists(folder.resolve(".lock")));
  }
}
