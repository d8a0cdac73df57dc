package io.ppio.network.wire;

/// Class of a message among all that want to leave on one link; lower codes go first.
public enum Priority {
  URGENT(0),
  STREAM(1),
  FILE(2),
  BACKGROUND(3);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }
}
