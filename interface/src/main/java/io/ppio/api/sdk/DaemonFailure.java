package io.ppio.api.sdk;

/// A call to a daemon that did not succeed.
public final class DaemonFailure extends Exception {
  private static final long serialVersionUID = 1;

  /// The typed code of a parameter that is refused (interface specification 1.4).
  private static final int REFUSED_INPUT = 307002;

  private final boolean unreachable;
  private final int code;

  /// @param unreachable whether no daemon answered; else it answered with an error
  public DaemonFailure(boolean unreachable, String message) {
    this(unreachable, 0, message);
  }

  /// @param code the typed code of the daemon's answer; 0 where there is none
  DaemonFailure(boolean unreachable, int code, String message) {
    super(message);
    this.unreachable = unreachable;
    this.code = code;
  }

  /// Whether the daemon refused what it was given, rather than failing at it.
  public boolean refusedInput() {
    return code == REFUSED_INPUT;
  }

  /// Whether no daemon answered.
  public boolean unreachable() {
    return unreachable;
  }
}
