package io.ppio.env;

import java.time.Duration;
import java.time.Instant;

/// Monotonic and wall time of one node, and the primitive by which its tasks wait.
///
/// Safe for use by any number of tasks.
public interface Clock {
  /// Monotonic time in nanoseconds from an arbitrary origin; never goes back. Compare by
  /// subtraction.
  long nanos();

  /// Wall time; may jump.
  Instant wall();

  /// Parks the calling task until it is unparked, interrupted, or `nanos()` reaches `untilNanos`.
  ///
  /// May return early for no reason, as [java.util.concurrent.locks.LockSupport#park()] does;
  /// callers loop. Application code uses [Monitor], [Mailbox], [Promise] or [#sleep] instead.
  ///
  /// @param untilNanos a value of the [#nanos] scale, or [Long#MAX_VALUE] to wait without limit
  void park(long untilNanos);

  /// Wall time in milliseconds since 1970.
  default long wallMillis() {
    return wall().toEpochMilli();
  }

  /// The moment `after` from now on the [#nanos] scale.
  default Deadline in(Duration after) {
    return new Deadline(this, nanos() + after.toNanos());
  }

  /// Waits for `duration`.
  ///
  /// @throws InterruptedException when the task is cancelled meanwhile
  default void sleep(Duration duration) throws InterruptedException {
    long until = nanos() + duration.toNanos();
    while (until - nanos() > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      park(until);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
