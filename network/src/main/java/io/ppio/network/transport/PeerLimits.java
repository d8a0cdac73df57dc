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

  /// All requests being served, the answered and the one-way ones too, to those that the peer waits
  /// for.
  private static final int SERVED_FACTOR = 2;

  /// Messages that their layer paces to control requests: vouchers come with every window of a
  /// download, and each costs the check of a signature.
  private static final int PACED_FACTOR = 10;

  private final Clock clock;
  private final Monitor monitor;
  private final int inflightMax;
  private final TokenBucket control;
  private final TokenBucket paced;
  private int awaitedNow;
  private int served;

  PeerLimits(Clock clock, PeersConfig config) {
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.inflightMax = config.inflightMax();
    this.control = new TokenBucket(config.controlPerSecond(), config.controlBurst(), clock.nanos());
    this.paced =
        new TokenBucket(
            PACED_FACTOR * config.controlPerSecond(),
            PACED_FACTOR * config.controlBurst(),
            clock.nanos());
  }

  /// The place of one request among those of the peer.
  final class Place {
    private final boolean oneway;
    private boolean awaited;

    private Place(boolean oneway) {
      this.oneway = oneway;
    }

    /// Takes it for a request of `method`; what is taken is given back by [#leave].
    ///
    /// @return the delay to tell the peer when there is none
    Optional<Duration> take(Method method) {
      try (var _ = monitor.hold()) {
        if (served >= SERVED_FACTOR * inflightMax || (!oneway && awaitedNow >= inflightMax)) {
          return Optional.of(CROWDED);
        }
        long wait = method.rateLimited() ? control.take(clock.nanos()) : 0;
        wait = method.paced() ? paced.take(clock.nanos()) : wait;
        if (wait > 0) {
          return Optional.of(Duration.ofNanos(wait).plusMillis(1));
        }
        served++;
        awaited = !oneway;
        awaitedNow += awaited ? 1 : 0;
        return Optional.empty();
      }
    }

    /// The answer leaves now: its caller may send another request as soon as it has it, which can
    /// be before the service has ended.
    void answered() {
      try (var _ = monitor.hold()) {
        awaitedNow -= awaited ? 1 : 0;
        awaited = false;
      }
    }

    /// The service has ended.
    void leave() {
      answered();
      try (var _ = monitor.hold()) {
        served--;
      }
    }
  }

  /// A place for a request, not taken yet.
  ///
  /// @param oneway whether its caller waits for no answer, and so does not count it
  Place place(boolean oneway) {
    return new Place(oneway);
  }

  /// Requests being served.
  int served() {
    try (var _ = monitor.hold()) {
      return served;
    }
  }
}
