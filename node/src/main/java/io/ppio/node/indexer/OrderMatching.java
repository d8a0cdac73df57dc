package io.ppio.node.indexer;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.OrderBatch;
import io.ppio.incentive.contract.PathedOrder;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexAnswer.Matched;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.market.MatchRequest;
import io.ppio.incentive.market.MatchRules;
import io.ppio.incentive.market.Matcher;
import io.ppio.incentive.market.Placement;
import io.ppio.incentive.market.Wanted;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// ORDER: takes orders and matches them.
///
/// Asking again for an order that is matched gives the same matches; a copy that fell through, or
/// whose miner could not be reached before it acknowledged anything, is matched anew, with the next
/// generation.
///
/// Miners are chosen and their tiles reserved by one request at a time; the commit comes after, and
/// what it refuses is given back. Requests of one batch wait for each other to the end, because
/// each must see which miners hold what of the batch.
final class OrderMatching {
  /// An order whose user cannot be believed to pay for it that long is refused.
  private static final long TERM_SECONDS_MAX = 366L * 86_400;

  private final NodeHost host;
  private final ContractStore contracts;
  private final OfferTable offers;
  private final PeerAccounts accounts;
  private final Supplier<BeaconTip> beacon;
  private final IndexerLog log;
  private final Matcher matcher;
  private final Monitor choosing;
  private final Monitor monitor;
  private final Set<Bytes> inWork = new HashSet<>();

  OrderMatching(
      NodeHost host,
      ContractStore contracts,
      OfferTable offers,
      PeerAccounts accounts,
      Supplier<BeaconTip> beacon) {
    this.host = host;
    this.contracts = contracts;
    this.offers = offers;
    this.accounts = accounts;
    this.beacon = beacon;
    this.log = new IndexerLog(host.env().log());
    this.matcher =
        new Matcher(MatchRules.standard(host.genesis().parameters().billingHourSeconds()));
    this.choosing = new Monitor(host.env().clock());
    this.monitor = new Monitor(host.env().clock());
  }

  /// What was matched before a restart and not acknowledged still takes room at its miner.
  void reserveAgain() throws IOException {
    for (ContractEntry entry : contracts.waiting()) {
      if (entry.unacknowledged()) {
        offers.reserve(entry);
      }
    }
  }

  /// Answers with one item an order, in their order.
  void order(Exchange exchange, IndexRequest.Order request) throws Exception {
    for (PathedOrder ordered : request.orders()) {
      check(ordered, request);
    }
    Map<Hash, OrderMatch> matches = new HashMap<>();
    alone(once(request)).forEach(match -> matches.put(match.order().hash(), match));
    for (PathedOrder ordered : request.orders()) {
      OrderMatch match = Objects.requireNonNull(matches.get(ordered.order().hash()));
      accounts.spoke(exchange.peer(), match.order().user());
      Matched answer = match.answer(offers);
      log.matched(match.order().content().segment(), answer.holders().size(), answer.shortfall());
      exchange.item(IndexCodec.encode(answer));
    }
    exchange.end();
  }

  /// Each order once, however often the request names it: a copy has one contract.
  private static IndexRequest.Order once(IndexRequest.Order request) {
    Map<Hash, PathedOrder> orders = new LinkedHashMap<>();
    request.orders().forEach(each -> orders.putIfAbsent(each.order().hash(), each));
    return new IndexRequest.Order(
        request.batch(), List.copyOf(orders.values()), request.rootSignature(), request.near());
  }

  private void check(PathedOrder ordered, IndexRequest.Order request) throws Refused {
    SegmentOrder order = ordered.order();
    long now = host.env().clock().wallMillis() / 1000;
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
    Refused.unless(holds, Status.CONTRACT_INVALID, otherwise);
  }

  private List<OrderMatch> alone(IndexRequest.Order request)
      throws IOException, InterruptedException {
    try (var _ = monitor.hold()) {
      while (!inWork.add(request.batch())) {
        monitor.await();
      }
    }
    try {
      return matched(request);
    } finally {
      try (var _ = monitor.hold()) {
        inWork.remove(request.batch());
        monitor.signalAll();
      }
    }
  }

  private List<OrderMatch> matched(IndexRequest.Order request) throws IOException {
    while (true) {
      List<OrderMatch> matches = reserved(request, standing(request));
      List<ContractEntry> fresh = matches.stream().flatMap(each -> each.fresh().stream()).toList();
      List<ContractEntry> replaced =
          matches.stream().flatMap(each -> each.replaced().stream()).toList();
      if (fresh.isEmpty() || contracts.add(request.batch(), fresh, replaced)) {
        replaced.forEach(entry -> log.rematched(entry.id(), entry.miner()));
        return matches;
      }
      fresh.forEach(offers::release);
    }
  }

  private List<OrderMatch> standing(IndexRequest.Order request) throws IOException {
    List<OrderMatch> matches = new ArrayList<>();
    for (PathedOrder ordered : request.orders()) {
      List<ContractEntry> kept = new ArrayList<>();
      List<ContractEntry> fallen = new ArrayList<>();
      for (int copy = 0; copy < ordered.order().terms().copies(); copy++) {
        Optional<ContractEntry> newest = contracts.newest(ordered.order().hash(), copy);
        if (newest.isPresent()) {
          boolean again = newest.get().notes().doubted() || contracts.isVacant(newest.get());
          (again ? fallen : kept).add(newest.get());
        }
      }
      matches.add(OrderMatch.standing(ordered, kept, fallen));
    }
    return matches;
  }

  /// Miners that fell out with a copy are taken for it again only where there is nobody else.
  private List<OrderMatch> reserved(IndexRequest.Order request, List<OrderMatch> standing)
      throws IOException {
    MatchRequest.Placed placed = placed(request.batch(), standing);
    List<Account> near = request.near().stream().map(PeerId::account).toList();
    BeaconTip tip = beacon.get();
    var signing =
        new OrderMatch.Signing(request.rootSignature(), host.identity().privateKey(), tip.epoch());
    try (var _ = choosing.hold()) {
      List<Placement> placements =
          match(new MatchRequest(wanted(standing, true), placed, near, tip.value()));
      if (!placements.stream().allMatch(Placement::isComplete)) {
        placements = match(new MatchRequest(wanted(standing, false), placed, near, tip.value()));
      }
      Iterator<Placement> found = placements.iterator();
      List<OrderMatch> matches =
          standing.stream()
              .map(each -> each.isWanting() ? each.placed(found.next(), signing) : each)
              .toList();
      matches.forEach(each -> each.fresh().forEach(offers::reserve));
      return matches;
    }
  }

  private List<Wanted> wanted(List<OrderMatch> standing, boolean others) {
    return standing.stream()
        .filter(OrderMatch::isWanting)
        .map(each -> each.wanted(offers, others))
        .toList();
  }

  private List<Placement> match(MatchRequest request) {
    return request.wanted().isEmpty() ? List.of() : matcher.match(request, offers.candidates());
  }

  /// What the batch has placed, without the segments that are placed again now.
  private MatchRequest.Placed placed(Bytes batch, List<OrderMatch> standing) throws IOException {
    Map<Account, Integer> held = new HashMap<>();
    int segments = 0;
    for (Map<Account, Integer> copy : contracts.batch(batch).values()) {
      copy.forEach((miner, count) -> held.merge(miner, count, Integer::sum));
      segments = Math.max(segments, copy.values().stream().mapToInt(Integer::intValue).sum());
    }
    for (OrderMatch each : standing) {
      for (ContractEntry entry : each.fallen()) {
        held.computeIfPresent(entry.miner().account(), (_, count) -> Math.max(0, count - 1));
      }
      segments -= each.isKnown() && each.isWanting() ? 1 : 0;
    }
    return new MatchRequest.Placed(Math.max(0, segments), held);
  }
}
