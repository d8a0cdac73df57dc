package io.ppio.data.plot;

import io.ppio.crypto.canonical.MalformedMessage;

/// What a tile of a plot is used for (data and proofs specification 1.7).
///
/// | from | may become | when |
/// |---|---|---|
/// | EMPTY | LABEL | labels of its cell were written |
/// | EMPTY, LABEL, FREED | RESERVED | a segment is about to be written there |
/// | RESERVED | DATA | the segment is durable |
/// | RESERVED | FREED | the segment was given up, or the node restarted |
/// | DATA | FREED | the contract ended |
/// | FREED | LABEL | its cell was labelled again |
/// | LABEL | FREED | the label did not read back |
/// | any | BAD | the disk does not give or take it |
public enum TileState {
  /// Never written. Has no record.
  EMPTY(0),
  /// Holds labels that prove free space.
  LABEL(1),
  /// Promised to a segment that is being written.
  RESERVED(2),
  /// Belongs to a durable segment.
  DATA(3),
  /// Held something once that is no longer needed; overwritten sooner or later.
  FREED(4),
  /// The disk fails here; never used again.
  BAD(5);

  private final int code;

  TileState(int code) {
    this.code = code;
  }

  /// The number in records; stable.
  int code() {
    return code;
  }

  static TileState of(int code) throws MalformedMessage {
    for (TileState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new MalformedMessage("unknown tile state " + code);
  }

  /// Whether a tile in this state may become `next`.
  boolean mayBecome(TileState next) {
    return next == BAD
        || switch (this) {
          case EMPTY -> next == LABEL || next == RESERVED;
          case LABEL -> next == RESERVED || next == FREED;
          case RESERVED -> next == DATA || next == FREED;
          case DATA -> next == FREED;
          case FREED -> next == RESERVED || next == LABEL;
          case BAD -> false;
        };
  }
}
