package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BannedCallsTest {
  private final BannedCalls rule = new BannedCalls();

  private List<String> inNetwork(String text) {
    return Planted.messages(
        rule, "network/src/main/java/io/ppio/network/A.java", "package io.ppio.network; " + text);
  }

  private List<String> inTest(String type, String text) {
    return Planted.messages(
        rule,
        "network/src/test/java/io/ppio/network/" + type + ".java",
        "package io.ppio.network; " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "long a = System.nanoTime(); | System.nanoTime escapes the environment: use env.clock()",
        "long a = java.lang.System.currentTimeMillis(); |"
            + " System.currentTimeMillis escapes the environment: use env.clock()",
        "Object a = java.time.Instant.now(); | java.time.Instant.now escapes the environment: use env.clock()",
        "Object a = new Thread(() -> {}); | new java.lang.Thread escapes the environment: use env.tasks(name)",
        "Object a = Thread.ofVirtual(); | Thread.ofVirtual escapes the environment: use env.tasks(name)",
        "Object a = (Runnable) Thread::yield; |"
            + " Thread.yield escapes the environment: use Monitor, Mailbox or Promise",
        "double a = Math.random(); |"
            + " Math.random escapes the environment: use env.random(purpose), or env.secret(bytes) for keys",
        "Object a = new java.util.Random(1); |"
            + " java.util.Random escapes the environment: use env.random(purpose), or env.secret(bytes) for keys",
        "Object a = System.out; | System.out escapes the environment: use env.log()",
        "Object a = java.net.http.HttpClient.newHttpClient(); |"
            + " java.net.http. escapes the environment: use env.links()"
      })
  void eachEscapeIsFoundOnceAndNamesWhatToUse(String member, String message) {
    assertEquals(List.of(message), inNetwork("class A { " + member + " }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.nio.file.Files",
        "java.util.concurrent.CompletableFuture",
        "java.util.concurrent.Executors",
        "java.util.concurrent.TimeUnit",
        "java.util.concurrent.ThreadLocalRandom",
        "java.security.SecureRandom",
        "java.net.Socket",
        "java.util.concurrent.locks.LockSupport",
        "java.io.RandomAccessFile"
      })
  void aBannedClassIsFoundAtItsImport(String type) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    assertEquals(1, inNetwork("import " + type + "; class A { " + simple + " a; }").size());
    assertEquals(1, inNetwork("class A { " + type + " a; }").size());
  }

  @Test
  void staticImportsDoNotHideACall() {
    assertEquals(
        List.of("System.nanoTime escapes the environment: use env.clock()"),
        inNetwork("import static java.lang.System.nanoTime; class A { long a = nanoTime(); }"));
    assertEquals(
        List.of("wildcard import: name what is used"),
        inNetwork("import java.util.concurrent.*; class A {}"));
  }

  @Test
  void ownTypesOfTheSameNameAreNotMistaken() {
    assertEquals(
        List.of(),
        inNetwork(
            "import io.ppio.env.Clock; class A { long a(Clock clock) { return clock.nanos(); } }"));
    assertEquals(
        List.of(), inNetwork("import io.ppio.env.Thread; class A { Object a = new Thread(); }"));
  }

  @Test
  void locksOfTheJvmAndTheCommonPoolAreFound() {
    String lock = "%s escapes the scheduler when contended: one owner per state, or Monitor";
    assertEquals(
        List.of(lock.formatted("synchronized"), lock.formatted("notify")),
        inNetwork("class A { void a() { synchronized (this) { notifyAll(); } } }"));
    assertEquals(
        List.of(lock.formatted("synchronized")), inNetwork("class A { synchronized void a() {} }"));
    assertEquals(
        List.of("the common pool escapes the environment: use env.tasks(name)"),
        inNetwork(
            "class A { long a(java.util.List<String> b) { return b.parallelStream().count(); } }"));
  }

  @Test
  void theSeamAndTheEdgesDoWhatTheyAreFor() {
    String time = "package io.ppio.env.real; class A { long a = System.nanoTime(); }";
    assertEquals(
        List.of(), Planted.messages(rule, "env/real/src/main/java/io/ppio/env/real/A.java", time));
    String exit =
        "package io.ppio.api.cli; import java.nio.file.Files;"
            + " class A { void a() throws Exception { Thread.sleep(9); System.exit(2); } }";
    assertEquals(
        List.of(), Planted.messages(rule, "interface/src/main/java/io/ppio/api/cli/A.java", exit));
    String clock = "package io.ppio.api.rpc; class A { long a = System.nanoTime(); }";
    assertEquals(
        1, Planted.messages(rule, "interface/src/main/java/io/ppio/api/rpc/A.java", clock).size());
  }

  @Test
  void testsMayUseFilesAndASeedButNoClock() {
    assertEquals(
        List.of(),
        inTest(
            "ATest",
            "import java.nio.file.Files; import java.util.Random; class ATest { Object a = new Random(7); }"));
    assertEquals(
        List.of("a test without a seed cannot be repeated"),
        inTest("ATest", "import java.util.Random; class ATest { Object a = new Random(); }"));
    assertEquals(
        List.of("System.nanoTime escapes the environment: use env.clock()"),
        inTest("ATest", "class ATest { long a = System.nanoTime(); }"));
    assertEquals(
        List.of(), inTest("ASystemTest", "class ASystemTest { long a = System.nanoTime(); }"));
  }

  @Test
  void noTestSleepsNotEvenThoseOfTheSeamOrOfProcesses() {
    String sleeps = "Thread.sleep escapes the environment: use env.clock().sleep(duration)";
    String body = "{ void a() throws Exception { Thread.sleep(1); } }";
    assertEquals(List.of(sleeps), inTest("ASystemTest", "class ASystemTest " + body));
    assertEquals(
        List.of(sleeps),
        Planted.messages(
            rule,
            "env/real/src/test/java/io/ppio/env/real/ATest.java",
            "package io.ppio.env.real; class ATest " + body));
  }
}
