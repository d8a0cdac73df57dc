package io.ppio.network.wire;

/// A peer broke the rules of the transport itself; the link ends and the peer is penalised.
public final class Violation extends Exception {
  private static final long serialVersionUID = 1;

  private final Status status;

  /// @param status [Status#FRAME_TOO_LARGE] or [Status#PROTOCOL_VIOLATION]
  public Violation(Status status, String reason) {
    super(reason);
    this.status = status;
  }

  /// What the peer is told.
  public Status status() {
    return status;
  }
}
