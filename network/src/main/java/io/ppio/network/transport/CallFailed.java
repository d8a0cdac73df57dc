package io.ppio.network.transport;

import io.ppio.network.wire.Status;
import java.time.Duration;

/// An exchange with a peer did not succeed: the peer said so, or it could not be reached.
///
/// [Status#remedy] says what may help.
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final Status status;
  private final Duration retryAfter;

  /// @param retryAfter when the same peer may be asked again; zero where it did not say
  public CallFailed(Status status, Duration retryAfter, String detail) {
    super(status + (detail.isEmpty() ? "" : ": " + detail));
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /// A failure without a delay.
  public CallFailed(Status status, String detail) {
    this(status, Duration.ZERO, detail);
  }

  CallFailed(StreamFailed cause) {
    this(cause.status() == Status.OK ? Status.UNAVAILABLE : cause.status(), Duration.ZERO, cause);
  }

  private CallFailed(Status status, Duration retryAfter, StreamFailed cause) {
    super(status + ": " + cause.getMessage(), cause);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /// Why.
  public Status status() {
    return status;
  }

  /// When the same peer may be asked again; zero where it did not say.
  public Duration retryAfter() {
    return retryAfter;
  }
}
