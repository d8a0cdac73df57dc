package io.ppio.incentive.market;

import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.Region;
import io.ppio.incentive.contract.SegmentOrder;
import java.util.Optional;

/// Whether a miner may take a copy at all, whoever else holds one. Stateless.
final class Eligibility {
  private final MatchRules rules;

  Eligibility(MatchRules rules) {
    this.rules = rules;
  }

  /// The first rule that forbids `candidate` a copy; empty when none does.
  ///
  /// @param freeTiles what is left of those that the candidate names
  Optional<Rule> refusal(Candidate candidate, SegmentOrder order, long freeTiles) {
    if (candidate.offer().asks().storage().compareTo(order.terms().chiprice()) > 0) {
      return Optional.of(Rule.PRICE);
    }
    if (freeTiles < order.content().tiles()) {
      return Optional.of(Rule.SPACE);
    }
    if (!offersTerm(candidate, order)) {
      return Optional.of(Rule.TERM);
    }
    if (candidate.standing().backlogMillis() >= rules.backlogMaxMillis()) {
      return Optional.of(Rule.BACKLOG);
    }
    if (candidate.standing().reputation() < rules.reputationMin()) {
      return Optional.of(Rule.REPUTATION);
    }
    return fulfils(candidate, order.terms().placement())
        ? Optional.empty()
        : Optional.of(Rule.WISH);
  }

  private boolean offersTerm(Candidate candidate, SegmentOrder order) {
    long seconds = order.terms().expireSeconds() - order.terms().beginSeconds();
    long days = Math.ceilDiv(seconds, 24 * rules.hourSeconds());
    return order.terms().expireSeconds() <= candidate.offer().availableUntilSeconds()
        && days <= candidate.offer().termDaysMax();
  }

  private static boolean fulfils(Candidate candidate, PlacementWish wish) {
    Region wanted = wish.region();
    Region is = candidate.region();
    return !wish.exclude().contains(candidate.site().miner())
        && (wanted.country() == 0 || wanted.country() == is.country())
        && (wanted.isp() == 0 || wanted.isp() == is.isp())
        && (wanted.state() == 0 || wanted.state() == is.state())
        && (wanted.city() == 0 || wanted.city() == is.city());
  }
}
