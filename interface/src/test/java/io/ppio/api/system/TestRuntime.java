package io.ppio.api.system;

import io.ppio.api.devnet.Program;
import io.ppio.env.real.NativeLibraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What tests that start processes need first: the runtime that the launchers of the checkout run
/// from, as those build it, and the native libraries of the test itself unpacked. A process that
/// unpacks them itself leaves its copy behind when it is killed.
final class TestRuntime {
  private TestRuntime() {}

  /// To be called before the first process is started; builds for half a minute where the sources
  /// are newer than the runtime. Idempotent.
  static void use() throws IOException, InterruptedException {
    Path folder = Path.of("target", "natives").toAbsolutePath();
    NativeLibraries.unpack(folder);
    System.setProperty(NativeLibraries.FOLDER_PROPERTY, folder.toString());
    Process build =
        new ProcessBuilder(Program.command("ppio", List.of("--version"))).inheritIO().start();
    if (build.waitFor() != 0) {
      throw new IOException("the launcher cannot build a runtime");
    }
  }
}
