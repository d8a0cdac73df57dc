package io.ppio.node.indexer;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.Candidate;
import io.ppio.incentive.market.MatchRequest;
import io.ppio.incentive.market.MatchRules;
import io.ppio.incentive.market.Matcher;
import io.ppio.incentive.market.Placement;
import io.ppio.incentive.market.Site;
import io.ppio.incentive.market.Wanted;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Takes orders and matches them.
///
/// Asking again for an order that is matched gives the same matches; a copy whose miner could not
/// be reached before it acknowledged anything is matched anew, with the next generation. Requests
/// are matched one at a time, because each must see the room that the one before it took.
final class OrderMatching {
  /// An order whose user cannot be believed to pay for it that long is refused.
  private static final long TERM_SECONDS_MAX = 366L * 86_400;

  private final NodeHost host;
  private final ContractStore ledger;
  private final OfferTable offers;
  private final Supplier<BeaconTip> beacon;
  private final Monitor matching;
  private final IndexerLog log;
  private final Matcher matcher;

  OrderMatching(
      NodeHost host, ContractStore ledger, OfferTable offers, Supplier<BeaconTip> beacon) {
    this.host = host;
    this.ledger = ledger;
    this.offers = offers;
    this.beacon = beacon;
    this.matching = new Monitor(host.env().clock());
    this.log = new IndexerLog(host.env().log());
    MatchRules standard = MatchRules.STANDARD;
    this.matcher =
        new Matcher(
            new MatchRules(
                standard.sharePercent(),
                standard.backlogMaxMillis(),
                standard.reputationMin(),
                host.genesis().parameters().billingHourSeconds()));
  }

  /// What is matched for one order, by copy.
  private record Standing(List<ContractEntry> kept, List<ContractEntry> replaced) {
    /// Copies that no contract is kept for.
    private List<Integer> missing(int copies) {
      return IntStream.range(0, copies).filter(copy -> !has(kept, copy)).boxed().toList();
    }

    /// Where the miners are that hold the segment, and those that were to hold it if `all`.
    private List<Site> sites(OfferTable offers, boolean lan, boolean all) {
      return Stream.concat(kept.stream(), all ? replaced.stream() : Stream.of())
          .map(entry -> offers.site(entry.match().body().miner().peerId(), lan))
          .toList();
    }
  }

  /// Matches the orders of one request.
  ///
  /// @return one item an order, in their order
  List<Matched> match(IndexRequest.Order request) throws IOException, Refused {
    for (PathedOrder ordered : request.orders()) {
      check(ordered, request);
    }
    while (true) {
      matching.lock();
      try {
        Optional<List<Matched>> matched = tryMatch(request);
        if (matched.isPresent()) {
          return matched.get();
        }
      } finally {
        matching.unlock();
      }
    }
  }

  private Optional<List<Matched>> tryMatch(IndexRequest.Order request) throws IOException {
    BeaconTip tip = beacon.get();
    List<Standing> standings = new ArrayList<>();
    for (PathedOrder ordered : request.orders()) {
      standings.add(standing(ordered.order()));
    }
    MatchRequest.Placed placed = placed(request, standings);
    Map<Hash, Placement> placements = place(wanted(request, standings, true), placed, tip);
    if (!placements.values().stream().allMatch(Placement::isComplete)) {
      placements = place(wanted(request, standings, false), placed, tip);
    }
    List<ContractEntry> fresh = new ArrayList<>();
    List<ContractEntry> replaced = new ArrayList<>();
    List<List<ContractEntry>> perOrder = new ArrayList<>();
    List<String> shortfalls = new ArrayList<>();
    for (int i = 0; i < standings.size(); i++) {
      PathedOrder ordered = request.orders().get(i);
      Standing standing = standings.get(i);
      List<ContractEntry> copies = new ArrayList<>(standing.kept());
      Placement placement =
          placements.getOrDefault(ordered.order().hash(), new Placement(0, List.of(), Map.of()));
      List<Integer> missing = standing.missing(ordered.order().terms().copies());
      for (int nth = 0; nth < placement.miners().size(); nth++) {
        Slot slot = new Slot(ordered, missing.get(nth), generation(standing, missing.get(nth)));
        ContractEntry entry = fresh(slot, request, placement.miners().get(nth), tip);
        copies.add(entry);
        fresh.add(entry);
        standing.replaced().stream()
            .filter(old -> old.match().body().copy() == slot.copy())
            .forEach(replaced::add);
      }
      perOrder.add(copies);
      shortfalls.add(placement.shortfall());
    }
    if (!fresh.isEmpty() && !ledger.add(request.batch(), fresh, replaced)) {
      return Optional.empty();
    }
    settle(fresh, replaced);
    return Optional.of(answers(request, perOrder, shortfalls));
  }

  /// What is to be matched.
  ///
  /// @param others whether miners that did not answer for a copy are left out: they are taken again
  ///   only where there is nobody else
  private List<Wanted> wanted(
      IndexRequest.Order request, List<Standing> standings, boolean others) {
    boolean lan = host.genesis().parameters().lan();
    List<Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < standings.size(); i++) {
      SegmentOrder order = request.orders().get(i).order();
      Standing standing = standings.get(i);
      int missing = order.terms().copies() - standing.kept().size();
      if (missing > 0) {
        wanted.add(new Wanted(order, missing, standing.sites(offers, lan, others)));
      }
    }
    return wanted;
  }

  /// Miners for what is wanted, by order hash.
  private Map<Hash, Placement> place(
      List<Wanted> wanted, MatchRequest.Placed placed, BeaconTip tip) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    List<Placement> found =
        matcher.match(
            new MatchRequest(
                wanted, placed, List.of(), tip.value(), host.env().clock().wallMillis() / 1000),
            offers.candidates(host.genesis().parameters().lan()));
    Map<Hash, Placement> placements = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      placements.put(wanted.get(i).order().hash(), found.get(i));
    }
    return placements;
  }

  /// What the batch has placed, without the segments that are placed again now.
  private MatchRequest.Placed placed(IndexRequest.Order request, List<Standing> standings)
      throws IOException {
    Map<Account, Integer> held = new HashMap<>();
    int segments = 0;
    for (Map<Account, Integer> copy : ledger.batch(request.batch()).values()) {
      copy.forEach((miner, count) -> held.merge(miner, count, Integer::sum));
      segments = Math.max(segments, copy.values().stream().mapToInt(Integer::intValue).sum());
    }
    int again = 0;
    for (int i = 0; i < standings.size(); i++) {
      Standing standing = standings.get(i);
      standing
          .replaced()
          .forEach(entry ->
              held.computeIfPresent(
                  entry.match().body().miner().account(), (_, count) -> Math.max(0, count - 1)));
      boolean known = !standing.kept().isEmpty() || !standing.replaced().isEmpty();
      int copies = request.orders().get(i).order().terms().copies();
      again += known && standing.kept().size() < copies ? 1 : 0;
    }
    return new MatchRequest.Placed(Math.max(0, segments - again), held);
  }

  /// A copy of an order that is to be matched.
  private record Slot(PathedOrder ordered, int copy, int generation) {}

  private ContractEntry fresh(
      Slot slot, IndexRequest.Order request, Candidate miner, BeaconTip tip) {
    Match match =
        new Match(
            slot.ordered(),
            request.rootSignature(),
            slot.copy(),
            slot.generation(),
            miner.key(),
            tip.epoch());
    return ContractEntry.fresh(
        Statement.sign(match, host.identity().privateKey()), miner.offer().asks().storage());
  }

  private Standing standing(SegmentOrder order) throws IOException {
    List<ContractEntry> kept = new ArrayList<>();
    List<ContractEntry> replaced = new ArrayList<>();
    for (int copy = 0; copy < order.terms().copies(); copy++) {
      Optional<ContractEntry> newest = ledger.newest(order.hash(), copy);
      if (newest.isPresent()) {
        boolean again = newest.get().doubted() || newest.get().state() == ContractState.CANCELLED;
        (again ? replaced : kept).add(newest.get());
      }
    }
    return new Standing(kept, replaced);
  }

  private static boolean has(List<ContractEntry> entries, int copy) {
    return entries.stream().anyMatch(entry -> entry.match().body().copy() == copy);
  }

  private static int generation(Standing standing, int copy) {
    return standing.replaced().stream()
        .map(entry -> entry.match().body())
        .filter(match -> match.copy() == copy)
        .mapToInt(match -> match.generation() + 1)
        .max()
        .orElse(0);
  }

  private void settle(List<ContractEntry> fresh, List<ContractEntry> replaced) {
    for (ContractEntry entry : replaced) {
      offers.release(entry.match().body().miner().peerId(), entry.id());
      log.rematched(entry.id(), entry.match().body().miner().peerId());
    }
    for (ContractEntry entry : fresh) {
      offers.reserve(
          entry.match().body().miner().peerId(),
          entry.id(),
          entry.match().body().order().content().tiles());
    }
  }

  private List<Matched> answers(
      IndexRequest.Order request, List<List<ContractEntry>> perOrder, List<String> shortfalls) {
    List<Matched> answers = new ArrayList<>();
    for (int i = 0; i < perOrder.size(); i++) {
      List<Matched.Holder> holders =
          perOrder.get(i).stream()
              .sorted(
                  java.util.Comparator.comparingInt(
                      (ContractEntry entry) -> entry.match().body().copy()))
              .map(entry ->
                  new Matched.Holder(entry.match(), record(entry.match().body().miner().peerId())))
              .toList();
      answers.add(new Matched(holders, shortfalls.get(i)));
      log.matched(
          request.orders().get(i).order().content().segment(), holders.size(), shortfalls.get(i));
    }
    return answers;
  }

  /// The signed record of a miner as it was heard last; empty bytes if never.
  Bytes record(io.ppio.crypto.identity.PeerId miner) {
    return offers.record(miner).map(record -> Bytes.of(record.encode())).orElse(Bytes.EMPTY);
  }

  private void check(PathedOrder ordered, IndexRequest.Order request) throws Refused {
    SegmentOrder order = ordered.order();
    Clock clock = host.env().clock();
    long now = clock.wallMillis() / 1000;
    require(order.chainId().equals(host.chainId()), "order of another network");
    require(
        order.content().sizeBytes() <= host.genesis().parameters().segmentBytes(),
        "segment is longer than this network's");
    require(order.sealing().profile() <= 1, "seal profile is not offered here yet");
    require(order.terms().expireSeconds() > now, "order has expired");
    require(
        order.terms().expireSeconds() - order.terms().beginSeconds() <= TERM_SECONDS_MAX,
        "term is too long");
    require(order.terms().validUntilSeconds() >= now, "order is no longer valid");
    require(
        OrderBatch.isSigned(ordered, request.rootSignature()), "order is not signed by its user");
  }

  private static void require(boolean holds, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(Status.CONTRACT_INVALID, otherwise);
    }
  }
}
