package io.ppio.check.tidy;

import java.util.List;

/// One thing of the JDK that code outside the seam may not name, and what it uses instead.
///
/// @param name a class, a package ending in `.`, a member such as `java.lang.Thread.sleep`, or `new
///   ` and a class
record Ban(String name, Kind kind, String instead) {
  /// What a ban protects; which modules are free of it is in [BannedCalls].
  enum Kind {
    TIME,
    TASKS,
    RANDOMNESS,
    FILES,
    SOCKETS,
    PROCESS
  }

  private static final String CLOCK = "env.clock()";
  private static final String TASKS = "env.tasks(name)";
  private static final String RANDOM = "env.random(purpose), or env.secret(bytes) for keys";
  private static final String DISK = "env.disk()";
  private static final String LINKS = "env.links()";
  private static final String EDGE = "a value that the program hands in";

  static final List<Ban> ALL =
      List.of(
          new Ban("java.lang.System.nanoTime", Kind.TIME, CLOCK),
          new Ban("java.lang.System.currentTimeMillis", Kind.TIME, CLOCK),
          new Ban("java.time.Instant.now", Kind.TIME, CLOCK),
          new Ban("java.time.LocalDate.now", Kind.TIME, CLOCK),
          new Ban("java.time.LocalDateTime.now", Kind.TIME, CLOCK),
          new Ban("java.time.OffsetDateTime.now", Kind.TIME, CLOCK),
          new Ban("java.time.ZonedDateTime.now", Kind.TIME, CLOCK),
          new Ban("java.time.Clock", Kind.TIME, CLOCK),
          new Ban("java.util.Date", Kind.TIME, CLOCK),
          new Ban("java.util.Timer", Kind.TIME, CLOCK),
          new Ban("java.lang.Thread.sleep", Kind.TIME, "env.clock().sleep(duration)"),
          new Ban("java.util.concurrent.TimeUnit", Kind.TIME, "Duration, and waits of io.ppio.env"),
          new Ban(
              "java.util.concurrent.locks.LockSupport", Kind.TIME, "Monitor, Mailbox or Promise"),
          new Ban("java.lang.Thread.yield", Kind.TASKS, "Monitor, Mailbox or Promise"),
          new Ban("java.lang.Thread.onSpinWait", Kind.TASKS, "Monitor, Mailbox or Promise"),
          new Ban("new java.lang.Thread", Kind.TASKS, TASKS),
          new Ban("java.lang.Thread.ofVirtual", Kind.TASKS, TASKS),
          new Ban("java.lang.Thread.ofPlatform", Kind.TASKS, TASKS),
          new Ban("java.lang.Thread.startVirtualThread", Kind.TASKS, TASKS),
          new Ban("java.util.concurrent.Executors", Kind.TASKS, TASKS),
          new Ban("java.util.concurrent.ExecutorService", Kind.TASKS, TASKS),
          new Ban("java.util.concurrent.ScheduledExecutorService", Kind.TASKS, TASKS),
          new Ban("java.util.concurrent.ThreadPoolExecutor", Kind.TASKS, TASKS),
          new Ban("java.util.concurrent.ForkJoinPool", Kind.TASKS, TASKS),
          new Ban("java.util.concurrent.CompletableFuture", Kind.TASKS, "Promise"),
          new Ban("java.util.concurrent.CompletionStage", Kind.TASKS, "Promise"),
          new Ban("java.util.concurrent.Flow", Kind.TASKS, "Mailbox"),
          new Ban("java.util.Random", Kind.RANDOMNESS, RANDOM),
          new Ban("java.util.SplittableRandom", Kind.RANDOMNESS, RANDOM),
          new Ban("java.security.SecureRandom", Kind.RANDOMNESS, RANDOM),
          new Ban("java.util.concurrent.ThreadLocalRandom", Kind.RANDOMNESS, RANDOM),
          new Ban("java.lang.Math.random", Kind.RANDOMNESS, RANDOM),
          new Ban("java.util.UUID.randomUUID", Kind.RANDOMNESS, RANDOM),
          new Ban("java.util.random.RandomGenerator.getDefault", Kind.RANDOMNESS, RANDOM),
          new Ban("java.util.random.RandomGenerator.of", Kind.RANDOMNESS, RANDOM),
          new Ban("java.nio.file.Files", Kind.FILES, DISK),
          new Ban("java.nio.channels.FileChannel", Kind.FILES, DISK),
          new Ban("java.nio.channels.AsynchronousFileChannel", Kind.FILES, DISK),
          new Ban("java.io.File", Kind.FILES, DISK),
          new Ban("java.io.FileInputStream", Kind.FILES, DISK),
          new Ban("java.io.FileOutputStream", Kind.FILES, DISK),
          new Ban("java.io.FileReader", Kind.FILES, DISK),
          new Ban("java.io.FileWriter", Kind.FILES, DISK),
          new Ban("java.io.RandomAccessFile", Kind.FILES, DISK),
          new Ban("java.net.Socket", Kind.SOCKETS, LINKS),
          new Ban("java.net.ServerSocket", Kind.SOCKETS, LINKS),
          new Ban("java.net.DatagramSocket", Kind.SOCKETS, LINKS),
          new Ban("java.net.URLConnection", Kind.SOCKETS, LINKS),
          new Ban("java.net.HttpURLConnection", Kind.SOCKETS, LINKS),
          new Ban("java.net.http.", Kind.SOCKETS, LINKS),
          new Ban("java.nio.channels.SocketChannel", Kind.SOCKETS, LINKS),
          new Ban("java.nio.channels.ServerSocketChannel", Kind.SOCKETS, LINKS),
          new Ban("java.nio.channels.DatagramChannel", Kind.SOCKETS, LINKS),
          new Ban("java.nio.channels.Selector", Kind.SOCKETS, LINKS),
          new Ban("java.lang.System.exit", Kind.PROCESS, "an exception up to the program"),
          new Ban("java.lang.System.out", Kind.PROCESS, "env.log()"),
          new Ban("java.lang.System.err", Kind.PROCESS, "env.log()"),
          new Ban("java.lang.System.in", Kind.PROCESS, EDGE),
          new Ban("java.lang.System.getenv", Kind.PROCESS, EDGE),
          new Ban("java.lang.System.getProperty", Kind.PROCESS, EDGE),
          new Ban("java.lang.Runtime", Kind.PROCESS, EDGE),
          new Ban("java.lang.ProcessBuilder", Kind.PROCESS, "the programs in interface"),
          new Ban("java.lang.ProcessHandle", Kind.PROCESS, "the programs in interface"));

  /// Whether a qualified name, or `new ` and one, is what this ban is about.
  boolean covers(String qualified) {
    return name.endsWith(".")
        ? qualified.startsWith(name)
        : qualified.equals(name) || qualified.startsWith(name + ".");
  }

  String complaint() {
    String shown = name.startsWith("java.lang.") ? name.substring("java.lang.".length()) : name;
    return shown + " escapes the environment: use " + instead;
  }
}
