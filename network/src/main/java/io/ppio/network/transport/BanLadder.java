package io.ppio.network.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The violations of one peer, and how long it is kept out for them (network specification 1.9).
///
/// Ten points within ten minutes keep it out for ten minutes; the third time within a day for a
/// day. Nobody gets points for being slow. A value: time comes in as an argument.
///
/// @param points that still count, oldest first
/// @param bans when it was kept out, oldest first
/// @param until when it may come back, if it was ever kept out
record BanLadder(List<Points> points, List<Long> bans, Optional<Long> until) {
  /// Nothing speaks against the peer.
  static final BanLadder CLEAN = new BanLadder(List.of(), List.of(), Optional.empty());

  /// Points for breaking a rule of the transport.
  static final int RULE_BROKEN = 2;

  private static final int POINTS_MAX = 10;
  private static final long WINDOW = Duration.ofMinutes(10).toNanos();
  private static final int BANS_MAX = 3;
  private static final long DAY = Duration.ofDays(1).toNanos();
  private static final Duration SHORT = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofDays(1);

  /// Points given at one time.
  record Points(int count, long at) {}

  /// The ladder after `count` more points at `now`; the last straw keeps the peer out.
  BanLadder add(int count, long now) {
    List<Points> added =
        Stream.concat(recent(now).stream(), Stream.of(new Points(count, now))).toList();
    if (added.stream().mapToInt(Points::count).sum() < POINTS_MAX) {
      return new BanLadder(added, bansOfTheDay(now), until);
    }
    List<Long> banned = Stream.concat(bansOfTheDay(now).stream(), Stream.of(now)).toList();
    Duration length = banned.size() >= BANS_MAX ? LONG : SHORT;
    return new BanLadder(List.of(), banned, Optional.of(now + length.toNanos()));
  }

  /// Whether the peer is kept out at `now`.
  boolean banned(long now) {
    return left(now).isPositive();
  }

  /// How long the peer is still kept out at `now`; zero when it is not.
  Duration left(long now) {
    return until.map(end -> Duration.ofNanos(Math.max(0, end - now))).orElse(Duration.ZERO);
  }

  /// Whether nothing speaks against the peer at `now`.
  boolean clean(long now) {
    return recent(now).isEmpty() && bansOfTheDay(now).isEmpty() && !banned(now);
  }

  private List<Points> recent(long now) {
    return points.stream().filter(given -> now - given.at() <= WINDOW).toList();
  }

  private List<Long> bansOfTheDay(long now) {
    return bans.stream().filter(at -> now - at <= DAY).toList();
  }
}
