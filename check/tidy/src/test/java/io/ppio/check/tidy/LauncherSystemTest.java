package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ppio.check.tidy.FakeCheckout.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launchers as a user meets them: real shell scripts, with a JDK and a Maven that only write
/// down what they are asked.
class LauncherSystemTest {
  @TempDir Path parent;
  private FakeCheckout machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new FakeCheckout(parent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ppio", "poss", "mvnw"})
  void withoutAJdk25OneLineSaysWhatToInstall(String program) throws Exception {
    machine.jdk("jdk-17", "17.0.9");
    machine.jdk("jdk-2", "2.5");
    machine.maven("", true);
    Ended ended = machine.run(program, "verify");
    assertEquals(
        new Ended(
            2,
            "",
            program
                + ": a JDK 25 is needed: install one, for instance the package openjdk-25-jdk or temurin-25-jdk,"
                + " or name its folder in PPIO_JAVA_HOME\n"),
        ended);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ppio", "poss", "mvnw"})
  void withoutMavenOneLineSaysWhatToInstall(String program) throws Exception {
    machine.jdk("jdk", "25.0.1");
    assertEquals(
        new Ended(
            2,
            "",
            program
                + ": Maven 3.8 or later is needed to build: install it, for instance the package maven,"
                + " or name the command in PPIO_MVN\n"),
        machine.run(program, "verify"));
    assertFalse(Files.exists(machine.path(".ppio")));
  }

  @Test
  void theJdkNamedForUsComesFirstThenJavaHomeThenTheUsualFolders() throws Exception {
    machine.maven("", true);
    machine.jdk("b", "25");
    Path named = machine.jdk("d", "25.0.2");
    Path usual = machine.jdk("c", "25.0.1");
    assertTrue(machine.run("poss").out().startsWith("java of b "));
    machine.set("JAVA_HOME", usual.toString());
    assertTrue(machine.run("poss").out().startsWith("java of c "));
    machine.set("PPIO_JAVA_HOME", named.toString());
    assertTrue(machine.run("poss").out().startsWith("java of d "));
  }

  @Test
  void aWrongJavaHomeIsPassedOverButAWrongFolderNamedForUsIsAnError() throws Exception {
    machine.maven("", true);
    machine.jdk("good", "25");
    String old = machine.jdk("old", "17").toString();
    machine.set("JAVA_HOME", old);
    assertTrue(machine.run("poss").out().startsWith("java of good "));
    machine.set("PPIO_JAVA_HOME", old);
    assertEquals(
        new Ended(2, "", "poss: PPIO_JAVA_HOME is " + old + ", which is not a JDK 25\n"),
        machine.run("poss"));
  }

  @Test
  void theFirstStartBuildsAndTheNextOnesDoNot() throws Exception {
    String jdk = machine.jdk("jdk", "25").toString();
    machine.maven("echo noise of Maven", true);
    Ended first = machine.run("poss", "list-buckets");
    assertEquals(0, first.status());
    assertTrue(first.out().startsWith("java of jdk "), first.out());
    String log = machine.path(".ppio/build.log").toString();
    assertTrue(
        first
            .err()
            .matches(
                "poss: first start: building, which takes about a minute \\(log: \\Q"
                    + log
                    + "\\E\\)\n"
                    + "poss: built in \\d+ s\n"),
        first.err());
    assertTrue(Files.readString(Path.of(log)).contains("noise of Maven"));
    Ended second = machine.run("ppio", "demo");
    assertEquals("", second.err());
    assertEquals(1, machine.mavenCalls().size());
    assertTrue(machine.mavenCalls().getFirst().startsWith("JAVA_HOME=" + jdk + " -B -f "));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoFirstStartsAtOnceBuildOnce(boolean flock) throws Exception {
    machine.jdk("jdk", "25");
    if (!flock) {
      machine.without("flock");
    }
    Path gate = machine.folder.resolve("gate");
    assertEquals(0, new ProcessBuilder("mkfifo", gate.toString()).start().waitFor());
    machine.maven("read -r _ <\"" + gate + "\"", true);
    Process first = machine.start(machine.path("poss"), "one");
    BufferedReader firstLines = first.errorReader();
    assertTrue(firstLines.readLine().startsWith("poss: first start: building"));
    Process second = machine.start(machine.path("ppio"), "two");
    BufferedReader secondLines = second.errorReader();
    assertEquals("ppio: waiting for another start that is building", secondLines.readLine());
    Files.writeString(gate, "go\n");
    assertTrue(FakeCheckout.end(first).out().contains("[one]"));
    assertTrue(FakeCheckout.end(second).out().contains("[two]"));
    assertEquals(1, machine.mavenCalls().size());
  }

  @Test
  void aLockWhoseOwnerIsGoneIsTakenOver() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    machine.without("flock");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    FakeCheckout.write(machine.path(".ppio/lock.d/pid"), gone.pid() + "\n");
    assertEquals(0, machine.run("poss").status());
    assertEquals(1, machine.mavenCalls().size());
    assertFalse(Files.exists(machine.path(".ppio/lock.d")));
  }

  @Test
  void aChangedSourceIsBuiltIntoANewFolderAndTheOldOneStaysForWhoRunsFromIt() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    machine.run("poss");
    String first = Files.readString(machine.path(".ppio/current")).strip();
    Files.setLastModifiedTime(
        machine.path("env/real/src/main/java/A.java"), FileTime.from(Instant.now().plusSeconds(1)));
    Ended ended = machine.run("poss");
    assertTrue(ended.err().startsWith("poss: the sources have changed: building"), ended.err());
    String second = Files.readString(machine.path(".ppio/current")).strip();
    assertFalse(first.equals(second));
    assertTrue(Files.exists(machine.path(".ppio").resolve(first).resolve("lib/a.jar")));
    assertTrue(Files.exists(machine.path(".ppio").resolve(second).resolve("lib/a.jar")));
  }

  @Test
  void aFailedBuildShowsWhyAndLeavesNothingToRun() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("echo '[ERROR] A.java:1 does not compile'; exit 1", true);
    Ended ended = machine.run("poss");
    assertEquals(1, ended.status());
    assertEquals("", ended.out());
    assertTrue(ended.err().endsWith("build.log\n  A.java:1 does not compile\n"), ended.err());
    assertFalse(Files.exists(machine.path(".ppio/current")));
    machine.maven("", true);
    assertEquals(0, machine.run("poss").status());
  }

  @Test
  void aReadOnlyCheckoutIsBuiltInTheCacheOfTheUser() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) { // whom no permission stops
      assumeTrue(
          Files.exists(machine.bin.resolve("setpriv")),
          "runs as root and has no setpriv to become somebody else");
      command.addAll(
          List.of(
              machine.bin.resolve("setpriv").toString(),
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups"));
    }
    command.addAll(List.of(machine.path("poss").toString(), "x"));
    machine.makeReadOnly();
    try {
      Ended ended = FakeCheckout.end(machine.start(command));
      assertEquals(0, ended.status(), ended.err());
      assertTrue(ended.out().contains("[x]"));
      assertEquals("", FakeCheckout.end(machine.start(command)).err());
    } finally {
      machine.makeWritable();
    }
    try (Stream<Path> caches = Files.list(machine.home.resolve(".cache/ppio"))) {
      assertEquals(1, caches.filter(each -> Files.exists(each.resolve("current"))).count());
    }
  }

  @Test
  void argumentsReachTheProgramUnchangedAndOptionsOfTheUserComeLast() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    machine.set("PPIO_JVM_OPTIONS", "-Xmx2g -Dx=y");
    List<String> lines =
        machine.run("poss", "put-object", "--file=a b  c", "", "*").out().lines().toList();
    int main = lines.indexOf("[io.ppio.api.cli.PossMain]");
    assertEquals(
        List.of("[put-object]", "[--file=a b  c]", "[]", "[*]"),
        lines.subList(main + 1, lines.size()));
    assertEquals(List.of("[-Xmx2g]", "[-Dx=y]"), lines.subList(main - 2, main));
    assertTrue(
        lines.contains("[-Dppio.home=" + machine.path("").normalize().toRealPath() + "]"),
        lines.toString());
    assertTrue(lines.contains("[-XX:TieredStopAtLevel=1]"));
  }

  @Test
  void eachProgramHasItsMainClassAndRolesGetTheOptionsOfServers() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    assertTrue(machine.run("ppio", "demo").out().endsWith("[io.ppio.api.cli.PpioMain]\n[demo]\n"));
    assertTrue(
        machine
            .run("ppio", "sim", "put-get")
            .out()
            .endsWith("[io.ppio.check.sim.SimMain]\n[put-get]\n"));
    assertTrue(
        machine
            .run("ppio", "bench", "transfer")
            .out()
            .endsWith("[io.ppio.check.bench.BenchMain]\n[transfer]\n"));
    assertTrue(machine.run("ppio", "node", "miner").out().contains("[-Xmx512m]\n"));
    String daemon = machine.run("poss", "--datadir=x", "start").out();
    assertTrue(
        daemon.contains("[-Xmx512m]\n") && !daemon.contains("[-XX:TieredStopAtLevel=1]"), daemon);
  }

  @Test
  void theProgramTakesThePlaceOfTheScriptSoThatSignalsReachIt() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    Process process = machine.start(machine.path("ppio"), "node");
    assertTrue(
        FakeCheckout.end(process)
            .out()
            .startsWith("java of jdk is process " + process.pid() + "\n"));
  }

  @Test
  void aLinkIsFollowedAndItsNameIsTheNameOfTheProgram() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", true);
    Path link =
        Files.createSymbolicLink(machine.folder.resolve("poss_linux"), machine.path("poss"));
    String out = FakeCheckout.end(machine.start(link)).out();
    assertTrue(out.contains("[-Dppio.program=poss_linux]\n"), out);
    assertTrue(out.contains("[-Dppio.launcher=" + machine.path("poss").toRealPath() + "]\n"), out);
  }

  @Test
  void aStartCacheIsTrainedInTheBackgroundOnceAndThenUsed() throws Exception {
    machine.jdk("jdk", "25");
    machine.maven("", false);
    String out = machine.run("poss").out();
    assertFalse(out.contains("AOTCache"), out);
    for (int starts = 0; starts < 1_000 && !out.contains("AOTCache"); starts++) {
      out = machine.run("poss").out();
    }
    String runtime = Files.readString(machine.path(".ppio/current")).strip();
    Path cache = machine.path(".ppio").toRealPath().resolve(runtime).resolve("start.aot");
    assertTrue(out.contains("[-XX:AOTCache=" + cache + "]\n"), out);
  }

  @Test
  void mvnwRunsMavenWithItsArgumentsAndAddsUpTheTests() throws Exception {
    String jdk = machine.jdk("jdk", "25").toString();
    String report = machine.home + "/env/target/surefire-reports/TEST-a.xml";
    machine.maven(
        """
        mkdir -p "${report%/*}"
        echo '<testsuite name="a" time="0.1" tests="7" errors="0" skipped="2" failures="1">' >"$report"
        touch -t 209901010000 "$report"
        exit 1
        """,
        true);
    machine.set("report", report);
    Ended ended = machine.run("mvnw", "-B", "verify");
    assertEquals(
        new Ended(
            1,
            "All modules: 1 test classes, Tests run: 7, Failures: 1, Errors: 0, Skipped: 2\n",
            ""),
        ended);
    assertEquals(List.of("JAVA_HOME=" + jdk + " -B verify"), machine.mavenCalls());
  }
}
