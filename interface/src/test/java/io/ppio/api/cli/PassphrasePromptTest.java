package io.ppio.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.daemon.DataFolder;
import io.ppio.api.daemon.StartFailure;
import io.ppio.env.Env;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person at a terminal is asked before a node starts.
class PassphrasePromptTest {
  @TempDir Path dir = Path.of("");

  private final Deque<String> asked = new ArrayDeque<>();

  private DataFolder folder(String name) throws StartFailure {
    Path path = dir.resolve(name);
    Env env = new RealEnv("user", path, new Slf4jLog("user"));
    DataFolder folder = new DataFolder(env, path);
    folder.create();
    return folder;
  }

  private PassphrasePrompt answering(String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    return new PassphrasePrompt(label -> {
      asked.add(label);
      return Optional.ofNullable(left.poll());
    });
  }

  @Test
  void aNewKeystoreNeedsTheSamePassphraseTwice() throws StartFailure {
    DataFolder folder = folder("new");
    assertEquals(Optional.of("a"), answering("a", "b", "a", "a").ask(folder, ""));
    assertEquals(4, asked.size());
    assertThrows(StartFailure.class, () -> answering("a", "b", "a", "b", "a", "b").ask(folder, ""));
    assertThrows(StartFailure.class, () -> answering("a").ask(folder, ""));
  }

  @Test
  void anEmptyPassphraseNeedsNoConfirmation() throws StartFailure {
    assertEquals(Optional.of(""), answering("").ask(folder("empty"), ""));
  }

  @Test
  void aLockedKeystoreIsAskedForOnceAndAnOpenOneNever() throws StartFailure {
    DataFolder locked = folder("locked");
    locked.wallet("secret", Optional.empty());
    assertEquals(Optional.of("secret"), answering("secret").ask(locked, ""));
    assertEquals(List.of("Passphrase of " + locked.keystoreFile() + ": "), List.copyOf(asked));
    DataFolder open = folder("open");
    open.wallet("", Optional.empty());
    assertEquals(Optional.empty(), answering().ask(open, ""));
    assertEquals(
        Optional.of("secret"), answering("secret").ask(open, locked.keystoreFile().toString()));
    assertTrue(
        answering().ask(open, dir.resolve("missing").toString()).isEmpty(),
        "the missing keystore is told of later");
  }
}
