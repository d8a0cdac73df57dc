package io.ppio.api.daemon;

/// A process cannot start, for a reason its operator can do something about.
public final class StartFailure extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message one line: what is wrong, where, what to do
  public StartFailure(String message) {
    super(message);
  }
}
