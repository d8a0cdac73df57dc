package io.ppio.env;

import java.io.IOException;
import java.nio.file.Path;

/// Another process holds the lock of a folder.
public final class FolderInUse extends IOException {
  private static final long serialVersionUID = 1;

  /// @param holder the process id of the holder, or 0 if unknown
  public FolderInUse(Path folder, long holder) {
    super(folder + " is in use by " + (holder == 0 ? "another process" : "process " + holder));
  }
}
