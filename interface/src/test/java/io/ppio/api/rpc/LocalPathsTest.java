package io.ppio.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.node.user.api.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Which files a caller may name (interface specification 1.1).
class LocalPathsTest {
  @TempDir Path folder = Path.of("");

  private Path file = Path.of("");
  private Path open = Path.of("");
  private Path secret = Path.of("");

  @BeforeEach
  void files() throws IOException {
    folder = folder.toRealPath();
    open = Files.createDirectory(folder.resolve("open"));
    file = Files.writeString(open.resolve("file"), "x");
    secret = Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("key"), "x");
  }

  private LocalPaths paths(Path... roots) {
    return new LocalPaths(folder.resolve("data"), List.of(roots), folder);
  }

  private static void refused(Executable call) {
    assertEquals(UserFailure.Code.OPTION_ILLEGAL, assertThrows(UserFailure.class, call).code());
  }

  @Test
  void callersOnOtherMachinesNeedRoots() throws UserFailure {
    refused(() -> paths().source("body", file.toString(), true));
    refused(() -> paths().source("body", open.resolve("none").toString(), true));
    refused(() -> paths().target("outfile", file.toString(), true));
    refused(() -> paths().target("outfile", open.resolve("new").toString(), true));
    assertEquals(file, paths(open).source("body", file.toString(), true));
    assertEquals(
        open.resolve("new"), paths(open).target("outfile", open.resolve("new").toString(), true));
  }

  @Test
  void callersOnThisMachineMayNameAnythingButTheDataDirectory() throws UserFailure {
    assertEquals(file, paths().source("body", "open/file", false));
    assertEquals(open.resolve("new"), paths().target("outfile", "open/new", false));
    refused(() -> paths().source("body", secret.toString(), false));
    refused(() -> paths().target("outfile", folder.resolve("data/new").toString(), false));
  }

  @Test
  void linksDoNotLeadOutOfTheRoots() throws IOException {
    Path link = Files.createSymbolicLink(open.resolve("link"), secret);
    Path outside = Files.writeString(folder.resolve("outside"), "x");
    Path other = Files.createSymbolicLink(open.resolve("other"), outside);
    for (boolean remote : new boolean[] {false, true}) {
      refused(() -> paths(open).source("body", link.toString(), remote));
      refused(() -> paths(open).source("body", other.toString(), remote));
      refused(() -> paths(open).source("body", outside.toString(), remote));
    }
  }
}
