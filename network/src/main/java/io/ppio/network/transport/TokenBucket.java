package io.ppio.network.transport;

import io.ppio.env.Check;
import java.time.Duration;

/// A rate with a burst. Not safe for concurrent use; time comes in as an argument.
final class TokenBucket {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final int perSecond;
  private final long capacity;
  private long level;
  private long at;

  /// A full bucket at `now`.
  TokenBucket(int perSecond, int burst, long now) {
    this.perSecond = Check.positive(perSecond, "rate");
    this.capacity = Check.positive(burst, "burst") * SECOND;
    this.level = capacity;
    this.at = now;
  }

  /// Takes one token at `now`.
  ///
  /// @return nanoseconds until there is one; 0 when it was taken
  long take(long now) {
    long passed = Math.min(Math.max(0, now - at), capacity / perSecond + 1);
    level = Math.min(capacity, level + passed * perSecond);
    at = now;
    if (level >= SECOND) {
      level -= SECOND;
      return 0;
    }
    return (SECOND - level + perSecond - 1) / perSecond;
  }
}
