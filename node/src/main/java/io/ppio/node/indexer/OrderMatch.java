package io.ppio.node.indexer;

import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.Statement;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.market.Candidate;
import io.ppio.incentive.market.Placement;
import io.ppio.incentive.market.Wanted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One order while it is matched: what stands of it, and what is new. Immutable.
///
/// @param kept contracts that go on
/// @param fallen newest contracts of copies that are to be matched again
/// @param fresh contracts for copies that none is kept for
/// @param shortfall why copies are missing, for people; empty if none is
record OrderMatch(
    PathedOrder ordered,
    List<ContractEntry> kept,
    List<ContractEntry> fallen,
    List<ContractEntry> fresh,
    String shortfall) {
  /// Nothing new yet.
  static OrderMatch standing(
      PathedOrder ordered, List<ContractEntry> kept, List<ContractEntry> fallen) {
    return new OrderMatch(ordered, kept, fallen, List.of(), "");
  }

  /// Who signs a match, and of when it is.
  ///
  /// @param user over the batch that contains the order
  /// @param height newest final beacon
  record Signing(Signature user, PrivateKey indexer, long height) {}

  SegmentOrder order() {
    return ordered.order();
  }

  private List<Integer> missing() {
    return IntStream.range(0, order().terms().copies())
        .filter(copy -> kept.stream().noneMatch(entry -> entry.copy() == copy))
        .boxed()
        .toList();
  }

  /// Whether a miner is to be found for one of its copies.
  boolean isWanting() {
    return kept.size() < order().terms().copies();
  }

  /// Whether it was ordered before.
  boolean isKnown() {
    return !kept.isEmpty() || !fallen.isEmpty();
  }

  /// What is to be matched.
  ///
  /// @param others whether miners that fell out with a copy are left out
  Wanted wanted(OfferTable offers, boolean others) {
    return new Wanted(
        order(),
        missing().size(),
        Stream.concat(kept.stream(), others ? fallen.stream() : Stream.of())
            .map(entry -> offers.site(entry.miner()))
            .toList());
  }

  /// With contracts for as many of the missing copies as `placement` has miners.
  OrderMatch placed(Placement placement, Signing signing) {
    Iterator<Integer> copies = missing().iterator();
    List<ContractEntry> made = new ArrayList<>();
    for (Candidate miner : placement.miners()) {
      int copy = copies.next();
      int generation = fallen(copy).map(entry -> entry.match().body().generation() + 1).orElse(0);
      Match match =
          new Match(ordered, signing.user(), copy, generation, miner.key(), signing.height());
      made.add(
          ContractEntry.fresh(
              Statement.sign(match, signing.indexer()), miner.offer().asks().storage()));
    }
    return new OrderMatch(ordered, kept, fallen, List.copyOf(made), placement.shortfall());
  }

  private Optional<ContractEntry> fallen(int copy) {
    return fallen.stream().filter(entry -> entry.copy() == copy).findFirst();
  }

  /// The contracts in whose place new ones are.
  List<ContractEntry> replaced() {
    return fresh.stream().flatMap(entry -> fallen(entry.copy()).stream()).toList();
  }

  /// What the user hears.
  Matched answer(OfferTable offers) {
    return new Matched(
        Stream.concat(kept.stream(), fresh.stream())
            .sorted(Comparator.comparingInt(ContractEntry::copy))
            .map(entry -> new Matched.Holder(entry.match(), offers.recordBytes(entry.miner())))
            .toList(),
        shortfall);
  }
}
