package io.ppio.incentive.market;

import io.ppio.crypto.identity.Account;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many segments of a batch each miner holds, and how many it may hold. Owned by one match.
///
/// A miner should hold at most a share of an object, must not hold all of it, and holds all of it
/// only where there are not miners enough for anything else: the first of the three caps with which
/// the whole request can be placed is used.
final class Shares {
  private final Map<Account, Integer> held;
  private final List<Integer> caps;
  private int cap;

  /// @param segments of the whole batch, this request included
  Shares(MatchRequest.Placed placed, int segments, MatchRules rules) {
    this.held = new HashMap<>(placed.held());
    int share = Math.max(1, segments * rules.sharePercent() / 100);
    this.caps =
        segments < 2 ? List.of(segments) : List.of(share, Math.max(share, segments - 1), segments);
    this.cap = caps.getFirst();
  }

  /// Settles the cap for `segments` segments of `copies` copies each among `miners`.
  ///
  /// @param room segments that each of `miners` has room for
  void settle(Map<Account, Integer> room, int segments, int copies) {
    for (int candidate : caps) {
      cap = candidate;
      if (fits(room, segments, copies)) {
        return;
      }
    }
  }

  /// Whether `segments` more segments of `copies` different miners each can be placed: a column of
  /// each miner is at most as long as the table.
  boolean fits(Map<Account, Integer> room, int segments, int copies) {
    long places = 0;
    for (var entry : room.entrySet()) {
      places += Math.min(segments, Math.min(entry.getValue(), left(entry.getKey())));
    }
    return places >= (long) segments * copies;
  }

  /// Segments that `miner` may still take.
  int left(Account miner) {
    return Math.max(0, cap - held.getOrDefault(miner, 0));
  }

  /// The caps that are wider than the settled one, for a segment that cannot be placed otherwise.
  Collection<Integer> widerCaps() {
    return caps.stream().filter(wider -> wider > cap).toList();
  }

  /// Segments of the batch that `miner` holds.
  int held(Account miner) {
    return held.getOrDefault(miner, 0);
  }

  /// Whether `miner` may take one more under `wider`.
  boolean mayTake(Account miner, int wider) {
    return held.getOrDefault(miner, 0) < wider;
  }

  /// The settled cap.
  int cap() {
    return cap;
  }

  void take(Account miner) {
    held.merge(miner, 1, Integer::sum);
  }
}
