package io.ppio.consensus.beacon;

import java.time.Duration;
import java.time.Instant;

/// When what happens in an epoch.
///
/// The first half is for reveals, the second for proposals. The second half is cut into turns: the
/// place e mod n proposes in the first, the next place in the next one, so that a silent proposer
/// costs a turn and not the epoch. A turn has two beats: at the first its place proposes, at the
/// second everyone who still lacks the result asks for it.
///
/// @param start when epoch 0 begins
/// @param places verifiers
public record BeaconSchedule(Instant start, Duration epoch, int places) {
  /// Turns in an epoch at most; more would be too short for an exchange between far peers.
  public static final int TURNS_MAX = 4;

  private static final int BEATS_PER_TURN = 2;
  private static final Duration HELD_MAX = Duration.ofSeconds(10);

  /// The epoch at `now`; 0 before the start.
  public long epochAt(Instant now) {
    long nanos = Math.max(0, Duration.between(start, now).toNanos());
    return nanos / epoch.toNanos();
  }

  /// How long a verifier holds a follower's question for epochs that are not final yet: one epoch,
  /// at most 10 s.
  public Duration held() {
    return epoch.compareTo(HELD_MAX) < 0 ? epoch : HELD_MAX;
  }

  /// When epoch `e` begins.
  public Instant startOf(long e) {
    return start.plus(epoch.multipliedBy(e));
  }

  /// When commits and reveals are sent once more, for peers that missed the first time.
  public Instant repeatOf(long e) {
    return startOf(e).plus(epoch.dividedBy(4));
  }

  /// When reveals end and proposals begin.
  public Instant halfOf(long e) {
    return startOf(e).plus(epoch.dividedBy(2));
  }

  /// Turns in an epoch.
  public int turns() {
    return Math.min(places, TURNS_MAX);
  }

  /// Beats in an epoch.
  public int beats() {
    return turns() * BEATS_PER_TURN;
  }

  /// When beat `beat` of epoch `e` begins; the last one ends with the epoch.
  public Instant beatOf(long e, int beat) {
    return halfOf(e).plus(epoch.multipliedBy(beat).dividedBy(2L * beats()));
  }

  /// The last beat of epoch `e` that has begun at `now`; -1 before half of the epoch.
  public int beatAt(long e, Instant now) {
    int beat = -1;
    while (beat + 1 < beats() && !now.isBefore(beatOf(e, beat + 1))) {
      beat++;
    }
    return beat;
  }

  /// The turn to which `beat` belongs.
  public static int turnOf(int beat) {
    return beat / BEATS_PER_TURN;
  }

  /// Whether `beat` opens a turn.
  public static boolean opensTurn(int beat) {
    return beat % BEATS_PER_TURN == 0;
  }

  /// The place that proposes in `turn` of epoch `e`.
  public int proposer(long e, int turn) {
    return (int) ((e + turn) % places);
  }

  /// The turn of `place` in epoch `e`; may be past the last one.
  public int turnOfPlace(long e, int place) {
    return (int) Math.floorMod(place - e, (long) places);
  }
}
