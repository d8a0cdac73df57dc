package io.ppio.api.system;

import io.ppio.env.real.NativeLibraries;
import java.io.IOException;
import java.nio.file.Path;

/// Unpacks the native libraries once for all processes that tests start, as the build does for the
/// launchers: a process that unpacks them itself leaves its copy behind when it is killed.
final class UnpackedNatives {
  private UnpackedNatives() {}

  /// To be called before the first process is started. Idempotent.
  static void use() throws IOException {
    Path folder = Path.of("target", "natives").toAbsolutePath();
    NativeLibraries.unpack(folder);
    System.setProperty(NativeLibraries.FOLDER_PROPERTY, folder.toString());
  }
}
