package io.ppio.node.miner;

import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import java.io.IOException;

/// The bytes of a copy cannot be read here, or not any more.
final class UnreadableCopy extends IOException {
  private static final long serialVersionUID = 1;

  private final Status status;

  private UnreadableCopy(Status status, String what) {
    super(what);
    this.status = status;
  }

  /// The miner does not hold it any more, or has given it up.
  static UnreadableCopy gone() {
    return new UnreadableCopy(Status.NOT_FOUND, "the copy is not here any more");
  }

  /// The disk does not give what was stored.
  static UnreadableCopy damaged(int tile) {
    return new UnreadableCopy(Status.CORRUPT, "tile " + tile + " of the copy here is damaged");
  }

  /// What a reader is told.
  Status status() {
    return status;
  }

  /// The answer to who asked.
  Refused refusal() {
    return new Refused(status, String.valueOf(getMessage()));
  }
}
