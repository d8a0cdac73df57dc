package io.ppio.physical.disk;

import java.io.IOException;

/// Something of ours on the disk that this program cannot use.
public final class UnreadableFile extends IOException {
  private static final long serialVersionUID = 1;

  /// @param message which file, and what is wrong with it
  public UnreadableFile(String message) {
    super(message);
  }
}
