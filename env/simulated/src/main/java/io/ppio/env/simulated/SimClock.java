package io.ppio.env.simulated;

import io.ppio.env.Clock;
import java.time.Instant;

/// Virtual time as one incarnation reads it.
///
/// The origin of [#nanos] differs from node to node and from start to start, as that of real
/// machines does, so that code that compares readings of two machines, or keeps one across a
/// restart, is found.
final class SimClock implements Clock {
  private final Incarnation incarnation;
  private final Kernel kernel;
  private final long originNanos;

  SimClock(Incarnation incarnation, long originNanos) {
    this.incarnation = incarnation;
    this.kernel = incarnation.kernel();
    this.originNanos = originNanos;
  }

  @Override
  public long nanos() {
    return originNanos + kernel.nowNanos();
  }

  @Override
  public Instant wall() {
    return SimWorld.EPOCH.plusNanos(kernel.nowNanos()).plus(incarnation.node().wallOffset());
  }

  @Override
  public void park(long untilNanos) {
    kernel.park(untilNanos == Long.MAX_VALUE ? Long.MAX_VALUE : untilNanos - originNanos);
  }
}
