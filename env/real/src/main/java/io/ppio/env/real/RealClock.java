package io.ppio.env.real;

import io.ppio.env.Clock;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// The machine's clocks. Stateless.
final class RealClock implements Clock {
  static final RealClock INSTANCE = new RealClock();

  private RealClock() {}

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant wall() {
    return Instant.now();
  }

  @Override
  public void park(long untilNanos) {
    if (untilNanos == Long.MAX_VALUE) {
      LockSupport.park(this);
      return;
    }
    long left = untilNanos - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }
}
