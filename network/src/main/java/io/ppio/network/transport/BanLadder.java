package io.ppio.network.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/// The violations of one peer, and how long it is kept out for them (network specification 1.9).
///
/// Ten points within ten minutes keep it out for ten minutes; the third time within a day for a
/// day. Nobody gets points for being slow. Guarded by the monitor of [TunnelTable]; time comes in
/// as an argument.
final class BanLadder {
  /// Points for breaking a rule of the connection.
  static final int RULE_BROKEN = 2;

  private static final int POINTS_MAX = 10;
  private static final long WINDOW = Duration.ofMinutes(10).toNanos();
  private static final int BANS_MAX = 3;
  private static final long DAY = Duration.ofDays(1).toNanos();
  private static final Duration SHORT = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofDays(1);

  private record Points(int count, long at) {}

  private final ArrayDeque<Points> points = new ArrayDeque<>();
  private final ArrayDeque<Long> bans = new ArrayDeque<>();
  private Optional<Long> until = Optional.empty();

  /// Adds `count` points at `now`.
  ///
  /// @return how long the peer is kept out from now on, if it is the last straw
  Optional<Duration> add(int count, long now) {
    forget(now);
    points.addLast(new Points(count, now));
    if (points.stream().mapToInt(Points::count).sum() < POINTS_MAX) {
      return Optional.empty();
    }
    points.clear();
    bans.addLast(now);
    Duration length = bans.size() >= BANS_MAX ? LONG : SHORT;
    until = Optional.of(now + length.toNanos());
    return Optional.of(length);
  }

  /// Whether the peer is kept out at `now`.
  boolean banned(long now) {
    return until.isPresent() && until.get() - now > 0;
  }

  /// Whether nothing speaks against the peer at `now`.
  boolean clean(long now) {
    forget(now);
    return points.isEmpty() && bans.isEmpty() && !banned(now);
  }

  private void forget(long now) {
    while (!points.isEmpty() && now - points.getFirst().at() > WINDOW) {
      points.removeFirst();
    }
    while (!bans.isEmpty() && now - bans.getFirst() > DAY) {
      bans.removeFirst();
    }
  }
}
