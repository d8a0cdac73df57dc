package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.time.Duration;

/// Round trips of one link, and whether its peer still lives.
///
/// A ping leaves every [#EVERY]; when [#MISSED_MAX] in a row stay without answer the link is dead.
/// Safe for use by any number of tasks.
final class KeepAlive {
  /// Time between pings.
  static final Duration EVERY = Duration.ofSeconds(15);

  /// Unanswered pings that end a link.
  static final int MISSED_MAX = 3;

  private final Clock clock;
  private final Monitor monitor;
  private int number;
  private int missed;
  private boolean waiting;
  private long sentAt;
  private long smoothedNanos;

  KeepAlive(Clock clock) {
    this.clock = clock;
    this.monitor = new Monitor(clock);
  }

  /// Starts a ping now.
  MuxHeader ping() {
    try (var _ = monitor.hold()) {
      number++;
      missed = waiting ? missed + 1 : 0;
      waiting = true;
      sentAt = clock.nanos();
      return new MuxHeader(MuxHeader.Type.PING, 0, 0, number);
    }
  }

  /// Whether a ping is due at `now`.
  boolean due(long now) {
    try (var _ = monitor.hold()) {
      return number == 0 || now - sentAt >= EVERY.toNanos();
    }
  }

  /// Whether the peer has been silent for too long; asked when a ping is due.
  boolean dead() {
    try (var _ = monitor.hold()) {
      return waiting && missed + 1 >= MISSED_MAX;
    }
  }

  /// Takes the answer to ping `answered`; late ones count for nothing.
  void answered(int answered) {
    try (var _ = monitor.hold()) {
      if (!waiting || answered != number) {
        return;
      }
      waiting = false;
      missed = 0;
      long sample = Math.max(1, clock.nanos() - sentAt);
      smoothedNanos = smoothedNanos == 0 ? sample : (7 * smoothedNanos + sample) / 8;
    }
  }

  /// Smoothed round trip in nanoseconds; 0 while never measured.
  long smoothedNanos() {
    try (var _ = monitor.hold()) {
      return smoothedNanos;
    }
  }
}
