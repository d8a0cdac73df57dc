package io.ppio.network.transport;

import io.ppio.network.wire.Status;

/// A stream ended before its time: reset by the peer, cut with the link, or out of time.
final class StreamFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final Status status;

  /// @param status why; [Status#OK] when the peer lost interest
  StreamFailed(Status status, String reason) {
    super(reason);
    this.status = status;
  }

  Status status() {
    return status;
  }
}
