package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.network.wire.Method;
import java.time.Duration;
import java.util.Optional;

/// What one peer may ask of us, over all its tunnels (network specification 1.9). Safe for use by
/// any number of tasks.
final class PeerLimits {
  /// When a peer may come back that has too many requests in flight.
  private static final Duration CROWDED = Duration.ofMillis(100);

  private final Clock clock;
  private final Monitor monitor;
  private final int inflightMax;
  private final TokenBucket control;
  private int inflight;

  PeerLimits(Clock clock, PeersConfig config) {
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.inflightMax = config.inflightMax();
    this.control = new TokenBucket(config.controlPerSecond(), config.controlBurst(), clock.nanos());
  }

  /// Admits a request of `method`; what is admitted is given back by [#done].
  ///
  /// @return the delay to tell the peer when it is not admitted
  Optional<Duration> admit(Method method) {
    try (var _ = monitor.hold()) {
      if (inflight >= inflightMax) {
        return Optional.of(CROWDED);
      }
      if (method.rateLimited()) {
        long wait = control.take(clock.nanos());
        if (wait > 0) {
          return Optional.of(Duration.ofNanos(wait).plusMillis(1));
        }
      }
      inflight++;
      return Optional.empty();
    }
  }

  /// A request that was admitted has ended.
  void done() {
    try (var _ = monitor.hold()) {
      inflight--;
    }
  }

  /// Requests being served.
  int inflight() {
    try (var _ = monitor.hold()) {
      return inflight;
    }
  }
}
