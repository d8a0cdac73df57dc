package io.ppio.physical.disk;

import java.io.IOException;

/// Something of ours on the disk that this program cannot use.
public final class UnreadableFile extends IOException {
  private static final long serialVersionUID = 1;

  /// Why it cannot be used.
  public enum Reason {
    /// It was written in no version of the format, or changed since.
    CORRUPT,
    /// It was written by a program whose format is no longer supported.
    TOO_OLD,
    /// It was written by a later program.
    TOO_NEW
  }

  private final Reason reason;

  /// @param message which file, and what is wrong with it
  public UnreadableFile(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /// Why it cannot be used.
  public Reason reason() {
    return reason;
  }
}
