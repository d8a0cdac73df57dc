package io.ppio.api.client;

/// A call to a daemon that did not succeed.
public final class DaemonFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean unreachable;

  /// @param unreachable whether no daemon answered; else it answered with an error
  public DaemonFailure(boolean unreachable, String message) {
    super(message);
    this.unreachable = unreachable;
  }

  /// Whether no daemon answered.
  public boolean unreachable() {
    return unreachable;
  }
}
