package io.ppio.env.simulated;

import io.ppio.env.Check;

/// One direction of a node's connection to the network: bytes leave one after the other at a rate.
final class AccessLink {
  private static final double NANOS_PER_SECOND = 1e9;

  private double nanosPerByte;
  private long busyUntilNanos;

  AccessLink(long bytesPerSecond) {
    setRate(bytesPerSecond);
  }

  void setRate(long bytesPerSecond) {
    nanosPerByte =
        NANOS_PER_SECOND / Check.range(bytesPerSecond, 1, Long.MAX_VALUE, "bytesPerSecond");
  }

  /// Takes `bytes` that are there at `nowNanos`.
  ///
  /// @return the time at which the last of them has passed
  long pass(int bytes, long nowNanos) {
    busyUntilNanos = Math.max(busyUntilNanos, nowNanos) + (long) (bytes * nanosPerByte);
    return busyUntilNanos;
  }
}
