package io.ppio.node.indexer;

import io.ppio.data.hash.Fields;
import io.ppio.data.hash.Hash;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.network.identity.Account;
import io.ppio.network.identity.PeerId;
import io.ppio.node.indexer.OfferBook.Candidate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Chooses the miner of one copy after another for the orders of one batch (incentive specification
/// 5.2, data and proofs specification 1.8).
///
/// Hard rules: price, free tiles, term (M1 to M3), distinct miners for the copies of a segment (M4,
/// P2), wishes of the order (M7). Then the miner that holds the fewest segments of this copy of the
/// object comes first, so that none holds all of them wherever two could (M5, P1). Among equals the
/// better rank wins (network specification 8.1: free share and backlog here, speed and reputation
/// come with their measurements), and last the beacon decides (P5).
///
/// Pure but for what it remembers of its own choices; owned by one request.
final class Placement {
  private final List<Candidate> candidates;
  private final Hash beacon;
  private final Map<Integer, Map<Account, Integer>> held;
  private final Map<PeerId, Long> taken = new HashMap<>();

  /// @param held segments of the batch that miners hold already, by copy; added to
  Placement(List<Candidate> candidates, Hash beacon, Map<Integer, Map<Account, Integer>> held) {
    this.candidates = candidates;
    this.beacon = beacon;
    this.held = held;
  }

  /// The miner for one copy.
  ///
  /// @param others miners that hold or held this segment
  /// @return empty when no miner fits; [#shortfall] says why
  Optional<Candidate> choose(SegmentOrder order, int copy, Collection<Account> others) {
    Map<Account, Integer> load = held.computeIfAbsent(copy, _ -> new HashMap<>());
    Set<Account> excluded = new HashSet<>(others);
    excluded.addAll(order.placement().exclude());
    Optional<Candidate> best =
        candidates.stream()
            .filter(candidate -> fits(candidate, order))
            .filter(candidate -> !excluded.contains(account(candidate)))
            .min(
                Comparator.comparingInt(
                        (Candidate candidate) -> load.getOrDefault(account(candidate), 0))
                    .thenComparing(Comparator.comparingDouble(this::rank).reversed())
                    .thenComparing(candidate -> tie(order, copy, candidate)));
    best.ifPresent(candidate -> {
      load.merge(account(candidate), 1, Integer::sum);
      taken.merge(candidate.peer(), (long) order.content().tiles(), Long::sum);
    });
    return best;
  }

  private boolean fits(Candidate candidate, SegmentOrder order) {
    long free = candidate.freeTiles() - taken.getOrDefault(candidate.peer(), 0L);
    long term = order.terms().expireSeconds() - order.terms().beginSeconds();
    return free >= order.content().tiles()
        && candidate.offer().asks().storage().compareTo(order.terms().chiprice()) <= 0
        && order.terms().expireSeconds() <= candidate.offer().availableUntilSeconds()
        && term <= candidate.offer().termDaysMax() * 86_400L;
  }

  /// Between 0 and 1, in steps: nearly equal miners must tie, so that the beacon can spread them.
  private double rank(Candidate candidate) {
    double capacity = Math.max(1, candidate.offer().capacityTiles());
    double free = (candidate.freeTiles() - taken.getOrDefault(candidate.peer(), 0L)) / capacity;
    double idle = 1.0 / (1 + candidate.backlogMillis() / 10_000.0);
    return Math.round(10 * (0.5 * Math.clamp(free, 0, 1) + 0.5 * idle)) / 10.0;
  }

  private Hash tie(SegmentOrder order, int copy, Candidate candidate) {
    return Hash.tagged(
        "ppio/place/v1",
        new Fields()
            .hash(beacon)
            .hash(order.content().segment())
            .u8(copy)
            .hash(candidate.peer().keyHash()));
  }

  /// Why copies of `order` are missing, with both numbers.
  String shortfall(SegmentOrder order) {
    long fitting = candidates.stream().filter(candidate -> fits(candidate, order)).count();
    return order.terms().copies()
        + " copies were asked for, "
        + fitting
        + " of "
        + candidates.size()
        + " miners have room at this price and term";
  }

  private static Account account(Candidate candidate) {
    return candidate.peer().account();
  }
}
