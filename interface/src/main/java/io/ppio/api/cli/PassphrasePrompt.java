package io.ppio.api.cli;

import io.ppio.api.daemon.DataFolder;
import io.ppio.api.daemon.StartFailure;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Asks a person at a terminal for what opens the keystore (interface specification 4.1).
///
/// @param terminal who answers
record PassphrasePrompt(Terminal terminal) {
  /// Times that two unequal answers are taken for a slip.
  private static final int TRIES = 3;

  /// A terminal that does not show what is typed.
  @FunctionalInterface
  interface Terminal {
    /// @return one line; empty at the end of the input
    Optional<String> read(String label);
  }

  /// The terminal of this process; empty where nobody can be asked.
  static Optional<PassphrasePrompt> system() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console ->
            new PassphrasePrompt(
                label -> Optional.ofNullable(console.readPassword("%s", label)).map(String::new)));
  }

  /// The passphrase of the keystore that is going to be used: the named one, else that of the
  /// folder, else a new one.
  ///
  /// @param named empty text if none was
  /// @return empty where none is needed
  /// @throws StartFailure when the person gives up
  Optional<String> ask(DataFolder folder, String named) throws StartFailure {
    Path keystore = named.isEmpty() ? folder.keystoreFile() : Path.of(named);
    if (!Files.exists(keystore)) {
      return named.isEmpty() ? Optional.of(fresh()) : Optional.empty();
    }
    return folder.isLocked(keystore)
        ? Optional.of(read("Passphrase of " + keystore + ": "))
        : Optional.empty();
  }

  private String fresh() throws StartFailure {
    for (int tries = 0; tries < TRIES; tries++) {
      String first = read("Passphrase for the new keystore (empty for none): ");
      if (first.isEmpty() || read("The same again: ").equals(first)) {
        return first;
      }
    }
    throw new StartFailure("the passphrases differ");
  }

  private String read(String label) throws StartFailure {
    return terminal
        .read(label)
        .orElseThrow(() -> new StartFailure("no passphrase was given; see --key-passphrase-file"));
  }
}
