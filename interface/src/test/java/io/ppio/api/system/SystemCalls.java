package io.ppio.api.system;

import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The writes, flushes and renames of one process, as strace has seen them.
///
/// One file a thread, so that no call is in two lines. Each flush is made to take [#FLUSH_MILLIS]
/// longer: what wrongly does not wait for it is then far ahead of its end.
final class SystemCalls {
  static final int FLUSH_MILLIS = 100;

  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Pattern LINE =
      Pattern.compile("(\\d+)\\.(\\d{6}) (\\w+)\\((.*)\\) += (-?\\d+).*<(\\d+)\\.(\\d{6})>");
  private static final Pattern FILE = Pattern.compile("\\d+<([^>]*)>(?:, .*)?");
  private static final Pattern NAMES = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern POSITION = Pattern.compile(", (\\d+)$");

  /// One call that succeeded.
  ///
  /// @param start microseconds of the wall clock at its entry
  /// @param end the same at its exit
  /// @param file what it is about
  /// @param to the new name of a rename, else `file`
  /// @param position of a positioned write, else 0
  /// @param result bytes written
  record Call(long start, long end, String name, Path file, Path to, long position, long result) {
    boolean flushes() {
      return name.equals("fsync") || name.equals("fdatasync");
    }

    boolean writes() {
      return name.equals("write") || name.equals("pwrite64");
    }

    boolean renames() {
      return name.startsWith("rename");
    }
  }

  private final List<Call> calls;

  private SystemCalls(List<Call> calls) {
    this.calls = calls;
  }

  static boolean available() {
    return Files.isExecutable(STRACE);
  }

  /// What goes before a program's command line; the program keeps the process id.
  ///
  /// @param folder for the files of this trace
  static List<String> prefix(Path folder) {
    String delay = ":delay_enter=" + FLUSH_MILLIS * 1000;
    return List.of(
        STRACE.toString(),
        "-D",
        "-ff",
        "--seccomp-bpf",
        "-y",
        "-ttt",
        "-T",
        "-s0",
        "-etrace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2",
        "-einject=fsync,fdatasync" + delay,
        "-o" + folder.resolve("t"));
  }

  /// Reads a trace whose process has ended, waiting until the last line is there.
  static SystemCalls read(Path folder, Clock clock) throws IOException, InterruptedException {
    List<Path> threads;
    try (Stream<Path> files = Files.list(folder)) {
      threads = files.toList();
    }
    List<Call> calls = new ArrayList<>();
    Deadline limit = clock.in(ENDS_WITHIN);
    for (Path thread : threads) {
      List<String> lines = lines(thread);
      while (lines.isEmpty() || !lines.getLast().contains("+++")) {
        if (limit.passed()) {
          throw new IOException(thread + " has no end");
        }
        clock.sleep(POLL);
        lines = lines(thread);
      }
      lines.forEach(line -> parse(line, calls));
    }
    calls.sort(Comparator.comparingLong(Call::start));
    return new SystemCalls(List.copyOf(calls));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static void parse(String line, List<Call> calls) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches() || parts.group(5).startsWith("-")) {
      return;
    }
    String arguments = parts.group(4);
    long start = micros(parts.group(1), parts.group(2));
    long end = start + micros(parts.group(6), parts.group(7));
    long result = Long.parseLong(parts.group(5));
    String name = parts.group(3);
    if (name.startsWith("rename")) {
      Matcher names = NAMES.matcher(arguments);
      if (names.find()) {
        Path from = Path.of(names.group(1));
        if (names.find()) {
          calls.add(new Call(start, end, name, from, Path.of(names.group(1)), 0, result));
        }
      }
      return;
    }
    Matcher file = FILE.matcher(arguments);
    if (file.matches() && file.group(1).startsWith("/")) {
      Path path = Path.of(file.group(1));
      Matcher position = POSITION.matcher(arguments);
      long at = name.equals("pwrite64") && position.find() ? Long.parseLong(position.group(1)) : 0;
      calls.add(new Call(start, end, name, path, path, at, result));
    }
  }

  private static long micros(String seconds, String fraction) {
    return Long.parseLong(seconds) * 1_000_000 + Long.parseLong(fraction);
  }

  /// The calls that `wanted` takes, by their start.
  List<Call> all(Predicate<Call> wanted) {
    return calls.stream().filter(wanted).toList();
  }

  /// When everything that was written to `file` until `moment` is known to be on the medium: the
  /// end of the first flush that began afterwards.
  ///
  /// @return [Long#MAX_VALUE] if there was none
  long flushed(Path file, long moment) {
    return calls.stream()
        .filter(call -> call.flushes() && call.file().equals(file) && call.start() >= moment)
        .mapToLong(Call::end)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
