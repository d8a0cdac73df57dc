package io.ppio.env;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that comes once; any number of tasks may wait for it. The first completion wins.
public final class Promise<T> {
  private final Monitor monitor;
  private volatile @Nullable T value;
  private volatile @Nullable Exception failure;

  public Promise(Clock clock) {
    this.monitor = new Monitor(clock);
  }

  /// Gives the value; without effect when already complete.
  public void complete(T result) {
    settle(result, null);
  }

  /// Gives a failure instead; without effect when already complete.
  public void fail(Exception reason) {
    settle(null, reason);
  }

  private void settle(@Nullable T result, @Nullable Exception reason) {
    try (var _ = monitor.hold()) {
      if (!isDone()) {
        value = result;
        failure = reason;
        monitor.signalAll();
      }
    }
  }

  /// Whether it is complete.
  public boolean isDone() {
    return value != null || failure != null;
  }

  /// Waits for the value without limit.
  ///
  /// @throws Exception the failure it was completed with, the same object
  public T await() throws Exception {
    try (var _ = monitor.hold()) {
      while (!isDone()) {
        monitor.await();
      }
    }
    return outcome().orElseThrow();
  }

  /// Waits for the value until `deadline`.
  ///
  /// @return empty when the deadline passed first
  /// @throws Exception the failure it was completed with, the same object
  public Optional<T> await(Deadline deadline) throws Exception {
    try (var _ = monitor.hold()) {
      while (!isDone() && !deadline.passed()) {
        monitor.await(deadline);
      }
    }
    return outcome();
  }

  private Optional<T> outcome() throws Exception {
    Exception reason = failure;
    if (reason != null) {
      throw reason;
    }
    return Optional.ofNullable(value);
  }
}
