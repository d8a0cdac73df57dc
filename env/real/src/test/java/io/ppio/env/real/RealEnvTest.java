package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Disk;
import io.ppio.env.Env;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealEnvTest {
  @TempDir Path folder;

  private Env env() {
    return new RealEnv("node", folder, new RecordedLog());
  }

  @Test
  void timePassesByAtLeastWhatWasSleptFor() throws Exception {
    Env env = env();
    long before = env.clock().nanos();
    env.clock().sleep(Duration.ofMillis(20));
    assertTrue(env.clock().nanos() - before >= Duration.ofMillis(20).toNanos());
    env.clock().sleep(Duration.ZERO);
    env.clock().park(env.clock().nanos() - 1);
  }

  @Test
  void wallTimeIsThatOfTheMachine() {
    long difference = env().clock().wallMillis() - System.currentTimeMillis();
    assertTrue(Math.abs(difference) < 10_000);
  }

  @Test
  void noTwoGeneratorsOrSecretsAreAlike() {
    Env env = env();
    assertNotEquals(env.random("a").nextLong(), env.random("a").nextLong());
    byte[] one = new byte[32];
    byte[] other = new byte[32];
    env.secret(one);
    env.secret(other);
    assertFalse(Arrays.equals(one, other));
    assertFalse(Arrays.equals(one, new byte[32]));
  }

  @Test
  void relativePathsStartAtTheRoot() throws Exception {
    Env env = env();
    env.disk().createFolders(Path.of("a/b"));
    env.disk().open(Path.of("a/b/file"), Disk.Mode.CREATE_NEW).close();
    assertTrue(Files.exists(folder.resolve("a/b/file")));
    assertEquals(Path.of("a/b/file"), env.disk().list(Path.of("a/b")).getFirst());
  }
}
