package io.ppio.env;

/// A counted bound on what is in use at once: bytes in buffers, jobs at work.
///
/// Not fair: a small request may pass a large one that waits.
public final class Permits {
  private final Monitor monitor;
  private final long limit;
  private long free;

  public Permits(Clock clock, long limit) {
    this.monitor = new Monitor(clock);
    this.limit = Check.range(limit, 1, Long.MAX_VALUE, "limit");
    this.free = limit;
  }

  /// Takes `count`, waiting while fewer are free.
  ///
  /// @throws IllegalArgumentException when more than the limit is asked for
  public void acquire(long count) throws InterruptedException {
    Check.range(count, 0, limit, "count");
    try (var _ = monitor.hold()) {
      while (free < count) {
        monitor.await();
      }
      free -= count;
    }
  }

  /// Takes `count` if they are free now.
  public boolean tryAcquire(long count) {
    try (var _ = monitor.hold()) {
      if (free < count) {
        return false;
      }
      free -= count;
      return true;
    }
  }

  /// Takes `count`, waiting until `deadline`.
  ///
  /// @return whether they were taken
  public boolean acquire(long count, Deadline deadline) throws InterruptedException {
    Check.range(count, 0, limit, "count");
    try (var _ = monitor.hold()) {
      while (free < count) {
        if (deadline.passed()) {
          return false;
        }
        monitor.await(deadline);
      }
      free -= count;
      return true;
    }
  }

  /// Gives `count` back.
  public void release(long count) {
    try (var _ = monitor.hold()) {
      free += count;
      Check.that(free <= limit, "more permits released than taken");
      monitor.signalAll();
    }
  }
}
