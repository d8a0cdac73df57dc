package io.ppio.physical.disk;

import io.ppio.env.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How often a disk was used, failed, and how long it took of late.
///
/// Safe for use by any number of tasks.
public final class DiskHealth {
  /// What was asked of the disk.
  public enum Operation {
    READ,
    WRITE,
    FORCE
  }

  /// What is known about one kind of operation.
  ///
  /// @param count operations that succeeded
  /// @param errors operations that failed
  /// @param latency moving average of the successful ones, each weighing 1/16; zero before the
  ///   first
  public record Figures(long count, long errors, Duration latency) {}

  /// Weight of a new observation: the average follows a change within about 16 operations, yet one
  /// slow seek does not look like a dying disk.
  private static final int WEIGHT_SHIFT = 4;

  /// Errors after which a disk is not trusted with more: a bad tile costs two, because it is tried
  /// twice, so eight bad tiles since the disk was opened.
  private static final int ERRORS_MAX = 16;

  private static final class Counts {
    private long count;
    private long errors;
    private long averageNanos;
  }

  /// A call whose duration and outcome are counted.
  @FunctionalInterface
  interface Call {
    void run() throws IOException;
  }

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Operation, Counts> counted = new EnumMap<>(Operation.class);

  public DiskHealth(Clock clock) {
    this.clock = clock;
  }

  /// Runs `call` and counts it.
  void count(Operation operation, Call call) throws IOException {
    long start = clock.nanos();
    boolean done = false;
    try {
      call.run();
      done = true;
    } finally {
      record(operation, clock.nanos() - start, done);
    }
  }

  private void record(Operation operation, long nanos, boolean done) {
    lock.lock();
    try {
      Counts counts = counted.computeIfAbsent(operation, _ -> new Counts());
      if (!done) {
        counts.errors++;
        return;
      }
      counts.averageNanos =
          counts.count == 0
              ? nanos
              : counts.averageNanos + ((nanos - counts.averageNanos) >> WEIGHT_SHIFT);
      counts.count++;
    } finally {
      lock.unlock();
    }
  }

  /// Operations of all kinds that failed.
  public long errors() {
    lock.lock();
    try {
      return counted.values().stream().mapToLong(counts -> counts.errors).sum();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it fails so often that nothing new should be put on it.
  public boolean failing() {
    return errors() >= ERRORS_MAX;
  }

  /// The figures of `operation` now.
  public Figures of(Operation operation) {
    lock.lock();
    try {
      Counts counts = counted.computeIfAbsent(operation, _ -> new Counts());
      return new Figures(counts.count, counts.errors, Duration.ofNanos(counts.averageNanos));
    } finally {
      lock.unlock();
    }
  }
}
