package io.ppio.check.sim.putget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.check.sim.putget.PutGetWorld.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A few seeds of the world in every build; `./ppio sim put-get` runs hundreds.
class PutGetSimTest {
  private static final int SEEDS = 10;
  private static final int SEEDS_TILL_FOUND = 20;

  private static Outcome run(long seed, Plant plant) {
    return PutGetWorld.run(seed, plant, Optional.empty());
  }

  @Test
  void everyInvariantHolds() {
    long kills = 0;
    long fetched = 0;
    long audited = 0;
    long keys = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = run(seed, Plant.NONE);
      assertEquals(Optional.empty(), outcome.failure(), "seed " + seed);
      kills += outcome.counts().getOrDefault("kills", 0L);
      fetched += outcome.counts().getOrDefault("objects-fetched", 0L);
      audited += outcome.counts().getOrDefault("copies-audited", 0L);
      keys += outcome.counts().getOrDefault("keys-released", 0L);
    }
    // Worlds in which nothing happens would hold too.
    assertTrue(kills > SEEDS, "kills: " + kills);
    assertTrue(fetched > SEEDS, "objects fetched: " + fetched);
    assertTrue(audited > SEEDS, "copies audited: " + audited);
    assertTrue(keys > SEEDS, "keys released: " + keys);
  }

  /// All nodes lose their power at once: verifiers once forgot the epoch a copy was sealed with.
  @Test
  void seed441ProvesACopySealedBeforeAPowerCut() {
    assertEquals(Optional.empty(), run(441, Plant.NONE).failure());
  }

  @ParameterizedTest
  @CsvSource({
    "ACKNOWLEDGE_BEFORE_FSYNC, not so: (staged is durable|acknowledged is readable)",
    "KEY_BEFORE_PROOF, not so: no key before proof",
    "COPY_COUNTED_TWICE, not so: copies are distinct"
  })
  void aBugThatIsPutInIsFound(Plant plant, String failure) {
    for (long seed = 1; seed <= SEEDS_TILL_FOUND; seed++) {
      Outcome outcome = run(seed, plant);
      if (outcome
          .failure()
          .filter(how -> Pattern.compile(failure).matcher(how).lookingAt())
          .isPresent()) {
        return;
      }
    }
    throw new AssertionError(plant + " was not found in " + SEEDS_TILL_FOUND + " seeds");
  }

  @Test
  void theSameSeedHasTheSameTraceInAnotherJvm() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.ppio.check.sim.SimMain",
                "put-get",
                "--seeds",
                "3")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), printed);
    String trace = run(3, Plant.NONE).trace().hex();
    assertTrue(printed.contains("trace: " + trace), trace + " is not in\n" + printed);
  }
}
