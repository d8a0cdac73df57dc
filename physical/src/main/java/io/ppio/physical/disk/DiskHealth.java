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

  private static final class Tally {
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
  private final Map<Operation, Tally> tallies = new EnumMap<>(Operation.class);

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
      Tally tally = tallies.computeIfAbsent(operation, _ -> new Tally());
      if (!done) {
        tally.errors++;
        return;
      }
      tally.averageNanos =
          tally.count == 0
              ? nanos
              : tally.averageNanos + ((nanos - tally.averageNanos) >> WEIGHT_SHIFT);
      tally.count++;
    } finally {
      lock.unlock();
    }
  }

  /// The figures of `operation` now.
  public Figures of(Operation operation) {
    lock.lock();
    try {
      Tally tally = tallies.computeIfAbsent(operation, _ -> new Tally());
      return new Figures(tally.count, tally.errors, Duration.ofNanos(tally.averageNanos));
    } finally {
      lock.unlock();
    }
  }
}
