package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.network.wire.Status;
import java.time.Duration;

/// Looks after the tunnels of a node once a second: pings, drains what nobody uses, closes what has
/// drained, forgets peers that are gone.
final class SweepJob {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration DRAIN_MIN = Duration.ofSeconds(1);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

  private final Clock clock;
  private final Duration idleAfter;
  private final TunnelTable table;

  /// @param idleAfter how long an unused tunnel is kept
  SweepJob(Clock clock, Duration idleAfter, TunnelTable table) {
    this.clock = clock;
    this.idleAfter = idleAfter;
    this.table = table;
  }

  /// Body of the sweeping task.
  void run() throws InterruptedException {
    while (true) {
      clock.sleep(EVERY);
      table.all().forEach(this::sweep);
      table.forget();
    }
  }

  private void sweep(Tunnel tunnel) {
    Mux mux = tunnel.mux();
    mux.beat(clock.nanos());
    Duration draining = tunnel.draining();
    if (draining.isZero()) {
      if (tunnel.idle().compareTo(idleAfter) > 0) {
        tunnel.drain(Status.OK);
      }
    } else if (draining.compareTo(DRAIN_MAX) > 0
        || (draining.compareTo(DRAIN_MIN) > 0 && mux.open() == 0)) {
      mux.close(Status.UNAVAILABLE, "drained");
    }
  }
}
