package io.ppio.api.cli;

import io.ppio.api.sdk.DaemonFailure;

/// A command that did not do what it was asked; becomes one line on stderr and an exit status.
final class CliFailure extends Exception {
  private static final long serialVersionUID = 1;

  static final int GENERAL = 407001;
  static final int ILLEGAL_OPTION = 407002;
  static final int UNREACHABLE = 407003;
  static final int RPC_ERROR = 407004;
  static final int LOCAL_FILE = 407005;
  static final int PROGRESS = 407006;

  static final int EXIT_FAILED = 1;
  static final int EXIT_USAGE = 2;
  static final int EXIT_UNREACHABLE = 3;

  private final int code;
  private final int exit;

  private CliFailure(int code, int exit, String message) {
    super(message);
    this.code = code;
    this.exit = exit;
  }

  static CliFailure general(String message) {
    return new CliFailure(GENERAL, EXIT_FAILED, message);
  }

  static CliFailure illegalOption(String message) {
    return new CliFailure(ILLEGAL_OPTION, EXIT_USAGE, message);
  }

  static CliFailure unreachable(String message) {
    return new CliFailure(UNREACHABLE, EXIT_UNREACHABLE, message);
  }

  static CliFailure of(DaemonFailure failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.unreachable()
        ? unreachable(message)
        : new CliFailure(RPC_ERROR, failure.refusedInput() ? EXIT_USAGE : EXIT_FAILED, message);
  }

  static CliFailure localFile(String message) {
    return new CliFailure(LOCAL_FILE, EXIT_FAILED, message);
  }

  static CliFailure progress(String message) {
    return new CliFailure(PROGRESS, EXIT_FAILED, message);
  }

  /// `<code>: <message>`.
  String line() {
    return code + ": " + getMessage();
  }

  int exit() {
    return exit;
  }
}
