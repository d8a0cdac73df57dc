package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.handler.ssl.OpenSsl;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.Link;
import io.ppio.env.Links.Listener;
import io.ppio.env.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What outlives a process that is killed, and what does not.
final class ProcessesSystemTest {
  @TempDir Path folder;

  private final Env env = new RealEnv("node", Path.of("."), new RecordedLog());

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLockEndsWithItsProcess() throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), "lock", folder.toString())) {
      child.expect("locked");
      FolderInUse e = assertThrows(FolderInUse.class, () -> env.disk().lock(folder));
      Messages.assertSays("is in use by process " + child.pid(), e);
      child.kill();
      env.disk().lock(folder).close();
    }
  }

  @Test
  void ourLockKeepsAnotherProcessOut() throws Exception {
    try (var _ = env.disk().lock(folder)) {
      assertThrows(FolderInUse.class, () -> env.disk().lock(folder));
      try (ChildJvm child = ChildJvm.start(List.of(), "lock", folder.toString())) {
        child.expect(folder + " is in use by process " + ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void aKilledPeerBreaksTheLink() throws Exception {
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB);
        ChildJvm child =
            ChildJvm.start(
                List.of(),
                "dial",
                folder.toString(),
                String.valueOf(listener.address().getPort()));
        Link link = listener.accept()) {
      ByteBuffer five = ByteBuffer.allocate(5);
      while (five.hasRemaining()) {
        assertTrue(link.read(five) > 0);
      }
      child.kill();
      IOException e = assertThrows(IOException.class, () -> link.read(ByteBuffer.allocate(1)));
      assertTrue(
          List.of("link lost", "Connection reset").stream()
              .anyMatch(reason -> String.valueOf(e.getMessage()).contains(reason)),
          e.toString());
      assertThrows(IOException.class, () -> link.write(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void whatWasSyncedSurvivesAKill() throws Exception {
    int last = -1;
    try (ChildJvm child = ChildJvm.start(List.of(), "commit", folder.toString())) {
      while (last < 500) {
        last = Integer.parseInt(child.line());
      }
      child.kill();
    }
    try (Store store = env.disk().openStore(folder.resolve("store"))) {
      for (int i = 0; i <= last; i++) {
        Bytes number = Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(i).array());
        assertEquals(Optional.of(number), store.get(number), "number " + i);
      }
    }
  }

  @Test
  void killedProcessesLeaveNoLibraryBehind() throws Exception {
    assertTrue(Epoll.isAvailable() && OpenSsl.isAvailable());
    Path natives = folder.resolve("natives");
    List<Path> unpacked = NativeLibraries.unpack(natives);
    List<String> libraries = names(natives);
    assertEquals(unpacked.size() + 1, libraries.size(), "one has a second name");
    assertTrue(libraries.contains("librocksdbjni-linux64.so"), libraries.toString());
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    String inTemporary = "-Djava.io.tmpdir=" + temporary;
    List<List<String>> starts =
        List.of(
            List.of(inTemporary, "-Djava.library.path=" + natives),
            List.of(inTemporary, "-D" + NativeLibraries.FOLDER_PROPERTY + "=" + natives));
    for (List<String> options : starts) {
      Path data = Files.createTempDirectory(folder, "data");
      try (ChildJvm child = ChildJvm.start(options, "everything", data.toString())) {
        child.expect("ready");
        child.kill();
      }
      assertEquals(List.of(), names(temporary), options.toString());
      assertEquals(libraries, names(natives), options.toString());
    }
  }

  @Test
  void unpackingAgainChangesOnlyWhatIsWrong() throws Exception {
    List<Path> files = new ArrayList<>(NativeLibraries.unpack(folder));
    FileTime old = FileTime.fromMillis(0);
    for (Path file : files) {
      Files.setLastModifiedTime(file, old);
    }
    Path spoilt = files.removeFirst();
    Files.write(spoilt, new byte[] {1});
    NativeLibraries.main(new String[] {folder.toString()});
    assertTrue(Files.size(spoilt) > 1);
    for (Path file : files) {
      assertEquals(old, Files.getLastModifiedTime(file), file.toString());
    }
    assertThrows(IllegalArgumentException.class, () -> NativeLibraries.main(new String[0]));
  }
}
