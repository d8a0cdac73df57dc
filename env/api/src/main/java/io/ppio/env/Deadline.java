package io.ppio.env;

import java.time.Duration;

/// A moment of one clock by which something must be done.
///
/// Immutable. Differences are taken by subtraction, so the arbitrary origin of the clock may
/// overflow.
public final class Deadline {
  private final Clock clock;
  private final long nanos;

  Deadline(Clock clock, long nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /// The moment on the clock's [Clock#nanos] scale.
  public long nanos() {
    return nanos;
  }

  /// Time left, never negative.
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - clock.nanos()));
  }

  /// Whether the moment has come.
  public boolean passed() {
    return nanos - clock.nanos() <= 0;
  }

  /// The earlier of this deadline and `after` from now.
  public Deadline orWithin(Duration after) {
    long candidate = clock.nanos() + after.toNanos();
    return candidate - nanos < 0 ? new Deadline(clock, candidate) : this;
  }
}
