package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.simulated.fixtures.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One seed, one trace: in one JVM and in two.
class TraceTest {
  @Seeds(4)
  void worldsOfOneSeedHaveOneTraceAndOfTwoSeedsTwo(long seed) {
    assertEquals(TraceProbe.hash(seed), TraceProbe.hash(seed));
    assertNotEquals(TraceProbe.hash(seed), TraceProbe.hash(seed + 1));
  }

  @Test
  void anotherJvmMakesTheSameTrace() throws Exception {
    assertEquals(TraceProbe.hash(7), inAnotherJvm("-XX:TieredStopAtLevel=1", 7));
    assertNotEquals(TraceProbe.hash(7), inAnotherJvm("-XX:+UseSerialGC", 8));
  }

  private static String inAnotherJvm(String option, long seed)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                option,
                "-Xshare:auto",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                TraceProbe.class.getName(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, child.waitFor(), printed);
    assertEquals(64, printed.length(), printed);
    return printed;
  }

  @Test
  void withoutTheOpenPackageTheMessageSaysWhichOptionIsMissing() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                TraceProbe.class.getName(),
                "1")
            .redirectErrorStream(true)
            .start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, child.waitFor());
    assertTrue(
        printed.contains("run it on JDK 25 with --add-opens=java.base/java.lang=ALL-UNNAMED"),
        printed);
  }

  @Test
  void theStreamOfASeedIsTheSameForEver() {
    SeededRandom random = SeededRandom.of(1, "a", "b");
    assertEquals(
        List.of(-1692297683015616604L, 8165704138350955045L),
        List.of(random.nextLong(), random.nextLong()));
    assertNotEquals(SeededRandom.of(1, "ab").nextLong(), SeededRandom.of(1, "a", "b").nextLong());
  }

  @Test
  void aWorldCarriesManyMessages() {
    // A floor of events that must fit: no figure of time here, see SpeedProbe for one.
    assertTrue(SpeedProbe.messages(100, 5) > 20_000);
  }
}
