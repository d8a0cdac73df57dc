package io.ppio.api.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The two streams of a command. Owned by one task.
///
/// @param out the documented lines and nothing else
/// @param err messages and the progress bar
/// @param terminal whether a person is looking
record Console(PrintStream out, PrintStream err, boolean terminal) {
  static Console system() {
    Optional<java.io.Console> console = Optional.ofNullable(System.console());
    return new Console(
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
        console.filter(java.io.Console::isTerminal).isPresent());
  }

  /// Prints one line of the answer, `\n` on every platform.
  void line(String text) {
    out.print(text + "\n");
    out.flush();
  }
}
