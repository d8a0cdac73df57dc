package io.ppio.data.plot;

import io.ppio.crypto.canonical.MalformedMessage;

/// How far a stored segment has come.
public enum SegmentState {
  /// Durable, not proven yet.
  SEALED(1),
  /// A quorum of verifiers accepted the replica; the contract pays from here.
  ACTIVE(2);

  private final int code;

  SegmentState(int code) {
    this.code = code;
  }

  /// The number in records; stable.
  int code() {
    return code;
  }

  static SegmentState of(int code) throws MalformedMessage {
    for (SegmentState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new MalformedMessage("unknown segment state " + code);
  }
}
