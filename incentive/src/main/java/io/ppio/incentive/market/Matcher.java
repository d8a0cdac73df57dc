package io.ppio.incentive.market;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the miners of orders: rules M1 to M5, M7, P1 and P2, then preference (incentive
/// specification 5.2, network specification 8.1).
///
/// Greedy by rank, with one look ahead: before a segment's miners are settled it is made sure that
/// the rest of the request still fits into the shares, otherwise the miners with the largest shares
/// left are taken, which always fits if anything does. The same request gives the same answer. Pure
/// and stateless; safe for use by any number of tasks.
public final class Matcher {
  private static final double NEAR_SHARE = 0.6;

  private final MatchRules rules;
  private final Rank rank;
  private final Eligibility eligibility;

  public Matcher(MatchRules rules) {
    this.rules = rules;
    this.rank = new Rank(rules);
    this.eligibility = new Eligibility(rules);
  }

  /// The miners of each order of `request`, in its order.
  ///
  /// @param candidates all miners that are known, in any order, each once
  public List<Placement> match(MatchRequest request, List<Candidate> candidates) {
    return new Run(request, candidates).placements();
  }

  /// One match: what its picks have used up so far.
  private final class Run {
    private final MatchRequest request;
    private final List<Candidate> candidates;
    private final Map<Account, Long> freeTiles = new HashMap<>();
    private final Shares shares;
    private final int tilesMax;

    private Run(MatchRequest request, List<Candidate> candidates) {
      this.request = request;
      this.candidates = candidates;
      for (Candidate candidate : candidates) {
        freeTiles.put(candidate.site().miner(), candidate.standing().freeTiles());
      }
      int segments = request.placed().segments() + request.wanted().size();
      this.shares = new Shares(request.placed(), segments, rules);
      this.tilesMax =
          request.wanted().stream()
              .mapToInt(wanted -> wanted.order().content().tiles())
              .max()
              .orElse(1);
    }

    private List<Placement> placements() {
      List<Placement> placements = new ArrayList<>();
      int left = request.wanted().size();
      if (left > 0) {
        shares.settle(room(request.wanted().getFirst()), left, copiesMax());
      }
      for (Wanted wanted : request.wanted()) {
        left--;
        placements.add(place(wanted, left));
      }
      return placements;
    }

    private long free(Candidate candidate) {
      return freeTiles.getOrDefault(candidate.site().miner(), 0L);
    }

    private int copiesMax() {
      return request.wanted().stream().mapToInt(Wanted::copies).max().orElse(1);
    }

    /// Segments that each miner has room for which may take `like` at all.
    private Map<Account, Integer> room(Wanted like) {
      Map<Account, Integer> room = new HashMap<>();
      for (Candidate candidate : candidates) {
        long free = free(candidate);
        if (eligibility.refusal(candidate, like.order(), free).isEmpty()) {
          room.put(candidate.site().miner(), (int) Math.min(Integer.MAX_VALUE, free / tilesMax));
        }
      }
      return room;
    }

    private Placement place(Wanted wanted, int segmentsAfter) {
      List<Candidate> byRank = pick(wanted, ranked(wanted), shares.cap());
      List<Candidate> picked = byRank;
      if (segmentsAfter > 0 && !leavesRoom(wanted, byRank, segmentsAfter)) {
        List<Candidate> byShare = pick(wanted, byShareLeft(wanted), shares.cap());
        picked = byShare.size() >= byRank.size() ? byShare : byRank;
      }
      for (int wider : shares.widerCaps()) {
        if (picked.size() < wanted.copies()) {
          picked = pick(wanted, ranked(wanted), wider);
        }
      }
      for (Candidate candidate : picked) {
        shares.take(candidate.site().miner());
        freeTiles.merge(
            candidate.site().miner(), (long) -wanted.order().content().tiles(), Long::sum);
      }
      return new Placement(
          wanted.copies(),
          picked,
          picked.size() == wanted.copies() ? Map.of() : refused(wanted, picked));
    }

    private boolean leavesRoom(Wanted wanted, List<Candidate> picked, int segmentsAfter) {
      Map<Account, Integer> room = room(wanted);
      Set<Account> taking = new HashSet<>();
      picked.forEach(candidate -> taking.add(candidate.site().miner()));
      room.replaceAll((miner, segments) ->
          Math.min(segments, shares.left(miner)) - (taking.contains(miner) ? 1 : 0));
      return shares.fits(room, segmentsAfter, copiesMax());
    }

    /// Best first: by class of rank, then those with the fewest segments of the batch, so that its
    /// load is spread and no miner holds it all, then as drawn.
    private List<Candidate> ranked(Wanted wanted) {
      Hash segment = wanted.order().content().segment();
      Map<Account, Hash> draws = new HashMap<>();
      Map<Account, Integer> classes = new HashMap<>();
      for (Candidate candidate : candidates) {
        Account miner = candidate.site().miner();
        draws.put(miner, Rank.draw(request.beacon(), segment, wanted.holders().size(), candidate));
        classes.put(miner, rank.classOf(candidate, wanted.order(), free(candidate)));
      }
      Comparator<Candidate> best =
          Comparator.comparingInt((Candidate c) -> -classes.getOrDefault(c.site().miner(), 0))
              .thenComparingInt(c -> shares.held(c.site().miner()))
              .thenComparing(c -> draws.get(c.site().miner()));
      return candidates.stream().sorted(best).toList();
    }

    /// Those with the largest share left first, whatever their rank.
    private List<Candidate> byShareLeft(Wanted wanted) {
      Map<Account, Integer> room = room(wanted);
      return ranked(wanted).stream()
          .sorted(
              Comparator.comparingInt((Candidate c) ->
                  -Math.min(shares.left(c.site().miner()), room.getOrDefault(c.site().miner(), 0))))
          .toList();
    }

    private List<Candidate> pick(Wanted wanted, List<Candidate> inOrder, int cap) {
      List<Candidate> picked = new ArrayList<>();
      int nearWanted = (int) Math.ceil(NEAR_SHARE * wanted.copies());
      for (Account near : request.near()) {
        for (Candidate candidate : inOrder) {
          if (picked.size() < nearWanted
              && candidate.site().miner().equals(near)
              && refusal(wanted, candidate, picked, cap).isEmpty()) {
            picked.add(candidate);
          }
        }
      }
      for (Candidate candidate : inOrder) {
        if (picked.size() < wanted.copies() && refusal(wanted, candidate, picked, cap).isEmpty()) {
          picked.add(candidate);
        }
      }
      return picked;
    }

    private Optional<Rule> refusal(
        Wanted wanted, Candidate candidate, List<Candidate> picked, int cap) {
      Account miner = candidate.site().miner();
      Optional<Rule> alone = eligibility.refusal(candidate, wanted.order(), free(candidate));
      if (alone.isPresent()) {
        return alone;
      }
      for (Site holder : wanted.holders()) {
        Optional<Rule> conflict = candidate.site().conflict(holder);
        if (conflict.isPresent()) {
          return conflict;
        }
      }
      for (Candidate other : picked) {
        Optional<Rule> conflict = candidate.site().conflict(other.site());
        if (conflict.isPresent()) {
          return conflict;
        }
      }
      if (!shares.mayTake(miner, cap)) {
        return Optional.of(Rule.SHARE);
      }
      return spreads(wanted, candidate, picked) ? Optional.empty() : Optional.of(Rule.WISH);
    }

    /// Whether enough copies are left for the providers that the user wants after this one.
    private boolean spreads(Wanted wanted, Candidate candidate, List<Candidate> picked) {
      Set<Integer> isps = new HashSet<>();
      picked.forEach(other -> isps.add(other.region().isp()));
      isps.add(candidate.region().isp());
      int copiesAfter = wanted.copies() - picked.size() - 1;
      return isps.size() + copiesAfter >= wanted.order().terms().placement().ispsMin();
    }

    private Map<Rule, Integer> refused(Wanted wanted, List<Candidate> picked) {
      Map<Rule, Integer> refused = new EnumMap<>(Rule.class);
      int widest = request.placed().segments() + request.wanted().size();
      for (Candidate candidate : candidates) {
        if (!picked.contains(candidate)) {
          refusal(wanted, candidate, picked, widest)
              .ifPresent(rule -> refused.merge(rule, 1, Integer::sum));
        }
      }
      return refused;
    }
  }
}
