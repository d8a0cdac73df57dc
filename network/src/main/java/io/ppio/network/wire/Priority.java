package io.ppio.network.wire;

import io.ppio.crypto.canonical.Coded;

/// Class of a message among all that want to leave on one link; lower codes go first.
public enum Priority implements Coded {
  URGENT(0),
  STREAM(1),
  FILE(2),
  BACKGROUND(3);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
