package io.ppio.env;

import java.time.Duration;

/// The pause before the next try of something that failed: doubled by each failure, up to a bound.
///
/// @param pause before the next try; more than zero
/// @param max longest pause
public record Backoff(Duration pause, Duration max) {
  public Backoff {
    Check.that(pause.isPositive() && pause.compareTo(max) <= 0, "back-off shrinks");
  }

  /// What holds after one more failure.
  public Backoff next() {
    Duration doubled = pause.multipliedBy(2);
    return new Backoff(doubled.compareTo(max) < 0 ? doubled : max, max);
  }
}
