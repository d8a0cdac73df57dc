package io.ppio.node.indexer;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.index.IndexAnswer.Matched;
import io.ppio.incentive.index.IndexRequest;
import io.ppio.incentive.statement.Stated;
import io.ppio.network.identity.Account;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.indexer.OfferBook.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Takes orders and matches them.
///
/// Asking again for an order that is matched gives the same matches; a copy whose miner could not
/// be reached before it acknowledged anything is matched anew, with the next generation. Requests
/// are matched one at a time, because each must see the room that the one before it took.
final class OrderDesk {
  /// An order whose user cannot be believed to pay for it that long is refused.
  private static final long TERM_SECONDS_MAX = 366L * 86_400;

  private final NodeHost host;
  private final ContractLedger ledger;
  private final OfferBook offers;
  private final Supplier<BeaconTip> beacon;
  private final Monitor matching;
  private final IndexerLog log;

  OrderDesk(NodeHost host, ContractLedger ledger, OfferBook offers, Supplier<BeaconTip> beacon) {
    this.host = host;
    this.ledger = ledger;
    this.offers = offers;
    this.beacon = beacon;
    this.matching = new Monitor(host.env().clock());
    this.log = new IndexerLog(host.env().log());
  }

  /// What is matched for one order, by copy.
  private record Standing(List<ContractEntry> kept, List<ContractEntry> replaced) {}

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
    Map<Integer, Map<Account, Integer>> held = ledger.batch(request.batch());
    Placement placement = new Placement(offers.candidates(), tip.value(), held);
    List<ContractEntry> fresh = new ArrayList<>();
    List<ContractEntry> replaced = new ArrayList<>();
    List<List<ContractEntry>> perOrder = new ArrayList<>();
    List<String> shortfalls = new ArrayList<>();
    for (PathedOrder ordered : request.orders()) {
      Standing standing = standing(ordered.order());
      List<ContractEntry> copies = new ArrayList<>(standing.kept());
      Set<Account> others = new HashSet<>();
      standing.kept().forEach(entry -> others.add(minerOf(entry)));
      standing.replaced().forEach(entry -> others.add(minerOf(entry)));
      String shortfall = "";
      for (int copy = 0; copy < ordered.order().terms().copies(); copy++) {
        if (has(standing.kept(), copy)) {
          continue;
        }
        Optional<Candidate> chosen = placement.choose(ordered.order(), copy, others);
        if (chosen.isEmpty()) {
          shortfall = placement.shortfall(ordered.order());
          continue;
        }
        others.add(chosen.get().peer().account());
        ContractEntry entry =
            fresh(new Slot(ordered, copy, generation(standing, copy)), request, chosen.get(), tip);
        copies.add(entry);
        fresh.add(entry);
        standing.replaced().stream()
            .filter(old -> old.match().body().copy() == entry.match().body().copy())
            .forEach(replaced::add);
      }
      perOrder.add(copies);
      shortfalls.add(shortfall);
    }
    if (!fresh.isEmpty() && !ledger.add(request.batch(), fresh, replaced)) {
      return Optional.empty();
    }
    settle(fresh, replaced);
    return Optional.of(answers(request, perOrder, shortfalls));
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
            miner.peer().publicKey(),
            tip.epoch());
    return ContractEntry.fresh(
        Stated.sign(match, host.identity().privateKey()), miner.offer().asks().storage());
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
  Bytes record(io.ppio.network.identity.PeerId miner) {
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

  private static Account minerOf(ContractEntry entry) {
    return entry.match().body().miner().account();
  }
}
