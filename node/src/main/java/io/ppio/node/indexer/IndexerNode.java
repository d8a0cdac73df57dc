package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.Termination;
import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.indexing.IndexAnswer;
import io.ppio.incentive.indexing.IndexCodec;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.HostConfig;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The indexer: answers INDEX (network specification 1.10).
///
/// | kind | from | what is durable before the answer |
/// |---|---|---|
/// | 1 ORDER | user | the matches |
/// | 2 LOCATE, 3 CONTRACTS | anyone | - |
/// | 4 OFFER, 5 WATCH | miner | - |
/// | 6 ACK, 7 ACTIVATE | anyone who has them; they are signed | the new state |
/// | 8 TERMINATE | user | the new state and the miner's event |
/// | 9 OPEN | user | - (a channel lives 24 h and binds nobody before a ledger) |
/// | 10 REPORT | miner about itself, reader of an open channel, anyone about an unacknowledged copy | the new state |
///
/// Safe for use by any number of tasks.
public final class IndexerNode implements AutoCloseable {
  /// Copies that one answer to LOCATE can name, and that OPEN grants, of a segment.
  private static final int COPIES_SHOWN = Terms.COPIES_MAX;

  private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);
  private static final long CHANNEL_SECONDS_MAX = 86_400;

  /// Price of a tile in a download (incentive specification 3).
  private static final long CHI_PER_UNIT = 10;

  private final NodeHost host;
  private final ContractStore ledger;
  private final OfferTable offers;
  private final OpenChannels channels;
  private final PeerAccounts speakers;
  private final BeaconFollower beacon;
  private final OrderMatching desk;
  private final Replicator copies;
  private final ActivationCheck activation;
  private final ContractExpiry house;
  private final IndexerLog log;
  private final Counters<IndexerCounter> counters = new Counters<>(IndexerCounter.class);

  private IndexerNode(NodeHost host) throws IOException {
    this.host = host;
    this.ledger = new ContractStore(host.store(), host.env().clock());
    this.offers = new OfferTable(host.env().clock());
    this.channels = new OpenChannels(host.env().clock(), OpenChannels.Limits.STANDARD);
    this.speakers = new PeerAccounts(host.env().clock());
    this.beacon = BeaconFollower.start(host);
    this.desk = new OrderMatching(host, ledger, offers, beacon::tip);
    this.copies = new Replicator(host, ledger, offers);
    this.activation = new ActivationCheck(host.genesis(), beacon.chain());
    this.log = new IndexerLog(host.env().log());
    this.house =
        new ContractExpiry(
            ledger,
            offers,
            host.env().clock(),
            host.genesis().parameters().sealing().pendingSeconds(),
            log);
  }

  /// Starts the node; it serves when this returns.
  public static IndexerNode start(Env env, HostConfig config) throws IOException {
    NodeHost host = NodeHost.open(env, config);
    try {
      IndexerNode node = new IndexerNode(host);
      node.reserveAgain();
      host.services().add(Method.INDEX, node::serve);
      host.serve();
      host.vital("copies", node.copies::run);
      host.vital("housekeeping", node::keepHouse);
      return node;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /// What was matched before a restart and not acknowledged still takes room at its miner.
  private void reserveAgain() throws IOException {
    for (ContractEntry entry : ledger.waiting()) {
      if (entry.evidence().code() == 0 && !entry.doubted()) {
        Match match = entry.match().body();
        offers.reserve(match.miner().peerId(), entry.id(), match.order().content().tiles());
      }
    }
  }

  private void serve(Exchange exchange) throws Exception {
    switch (IndexCodec.decode(exchange.body())) {
      case IndexRequest.Order order -> {
        List<IndexAnswer.Matched> answers = desk.match(order);
        order.orders().stream()
            .findFirst()
            .ifPresent(first -> speakers.spoke(exchange.peer(), first.order().user()));
        for (IndexAnswer.Matched matched : answers) {
          exchange.item(IndexCodec.encode(matched));
        }
        exchange.end();
      }
      case IndexRequest.Locate locate -> {
        Optional<Account> asking = speakers.account(exchange.peer());
        for (Hash segment : locate.segments()) {
          exchange.item(IndexCodec.encode(located(segment, asking)));
        }
        exchange.end();
      }
      case IndexRequest.Watch watch -> watch(exchange, watch.since());
      case IndexRequest.Contracts asked ->
          exchange.reply(IndexCodec.encode(standings(asked.contracts())));
      case IndexRequest.Offering offering -> {
        hear(exchange, offering);
        done(exchange);
      }
      case IndexRequest.Acknowledge acknowledge -> {
        acknowledge(acknowledge.ack());
        done(exchange);
      }
      case IndexRequest.Activate activate -> {
        activate(activate);
        done(exchange);
      }
      case IndexRequest.Terminate terminate -> {
        terminate(terminate.termination());
        done(exchange);
      }
      case IndexRequest.Open open -> exchange.reply(IndexCodec.encode(open(exchange, open)));
      case IndexRequest.Report report -> {
        report(exchange.peer(), report);
        done(exchange);
      }
    }
  }

  private static void done(Exchange exchange) throws Exception {
    exchange.reply(IndexCodec.encode(new IndexAnswer.Done()));
  }

  private void hear(Exchange exchange, IndexRequest.Offering offering) throws IOException, Refused {
    require(
        offering.offer().miner().equals(exchange.peer().account()),
        Status.FORBIDDEN,
        "offer of another miner");
    require(
        NodeRole.MINER.in(exchange.record().roles()) && !exchange.record().endpoints().isEmpty(),
        Status.FORBIDDEN,
        "only a miner that can be reached may offer");
    offers.hear(exchange.record(), offering);
    house.heard(offering.offer().miner());
  }

  private IndexAnswer.Located located(Hash segment, Optional<Account> asking) throws IOException {
    List<ContractEntry> held =
        ledger.ofSegment(segment).stream().filter(ContractEntry::holds).toList();
    return new IndexAnswer.Located(
        CopyChoice.of(held, asking, COPIES_SHOWN).stream()
            .map(entry ->
                new IndexAnswer.Located.Copy(
                    entry.row(), entry.state(), desk.record(entry.match().body().miner().peerId())))
            .toList());
  }

  private IndexAnswer.ContractList standings(List<Hash> contracts) throws IOException {
    List<IndexAnswer.ContractList.Standing> standings = new ArrayList<>();
    for (Hash id : contracts) {
      ledger
          .contract(id)
          .ifPresent(entry ->
              standings.add(
                  new IndexAnswer.ContractList.Standing(
                      id, entry.state(), entry.evidence(), entry.ask())));
    }
    return new IndexAnswer.ContractList(standings);
  }

  private void watch(Exchange exchange, long since) throws Exception {
    Account miner = exchange.peer().account();
    long newest = since;
    while (true) {
      for (IndexAnswer.Happened event : ledger.events(miner, newest)) {
        exchange.item(IndexCodec.encode(event));
        newest = event.seq();
      }
    }
  }

  private void acknowledge(SignedStatement<? extends Ack> ack) throws IOException, Refused {
    Ack body = ack.body();
    ContractEntry known = known(body.contract());
    Match match = known.match().body();
    boolean staged = body instanceof Ack.Staged;
    boolean fits =
        body.chainId().equals(host.chainId())
            && body.segment().equals(match.order().content().segment())
            && (!staged || body.root().equals(match.order().content().plainRoot()));
    require(fits, Status.CONTRACT_INVALID, "acknowledgement of another copy");
    require(ack.isBy(match.miner()), Status.UNAUTHENTICATED, "acknowledgement by another miner");
    IndexAnswer.Evidence shown = new IndexAnswer.Evidence.Acked(ack);
    ledger.update(
        known.id(),
        entry ->
            ContractStore.isNewer(shown, entry.evidence())
                ? entry.showing(shown, staged ? entry.sealedRoot() : body.root())
                : entry);
    offers.release(match.miner().peerId(), known.id());
    log.acknowledged(known.id(), body.statement());
    if (staged) {
      copies.staged(body.segment());
    }
  }

  private void activate(IndexRequest.Activate request) throws IOException, Refused {
    ContractEntry known = known(request.contract());
    Optional<String> fault = activation.fault(known.match().body(), request.certificate());
    require(fault.isEmpty(), Status.CONTRACT_INVALID, fault.orElse(""));
    IndexAnswer.Evidence shown = new IndexAnswer.Evidence.Certified(request.certificate());
    ledger.update(
        known.id(),
        entry ->
            entry
                .showing(shown, request.sealedRoot())
                .in(entry.state().on(new ContractState.Event.Activated()).next()));
    log.activated(known.id(), known.match().body().miner().peerId());
  }

  private void terminate(SignedStatement<Termination> termination) throws IOException, Refused {
    require(
        termination.body().chainId().equals(host.chainId()),
        Status.CONTRACT_INVALID,
        "termination in another network");
    for (Hash id : termination.body().contracts()) {
      Optional<ContractEntry> entry = ledger.contract(id);
      if (entry.isPresent()) {
        Match match = entry.get().match().body();
        require(
            termination.isBy(match.order().user()),
            Status.UNAUTHENTICATED,
            "only its user may end a contract");
        ledger.update(
            id, now -> now.in(now.state().on(new ContractState.Event.EndedByUser(false)).next()));
        offers.release(match.miner().peerId(), id);
        log.ended(id);
      }
    }
  }

  private IndexAnswer.Opened open(Exchange exchange, IndexRequest.Open request)
      throws IOException, Refused {
    DownloadOpen open = request.open().body();
    long now = host.env().clock().wallMillis() / 1000;
    require(request.open().isBy(open.user()), Status.UNAUTHENTICATED, "channel of another user");
    require(open.covers(request.segments()), Status.CONTRACT_INVALID, "list does not fit");
    require(
        open.expiresSeconds() > now && open.expiresSeconds() <= now + CHANNEL_SECONDS_MAX,
        Status.CONTRACT_INVALID,
        "a channel lives at most a day");
    speakers.spoke(exchange.peer(), open.user());
    List<Hash> contracts = new ArrayList<>();
    Map<Account, Long> chi = served(open.user(), request.segments(), contracts);
    channels.opened(exchange.peer(), contracts);
    long height = beacon.tip().epoch();
    List<SignedStatement<LaneGrant>> grants = new ArrayList<>();
    chi.forEach((miner, units) ->
        grants.add(
            Statement.sign(
                new LaneGrant(
                    host.chainId(),
                    open.channel(),
                    miner,
                    BigInteger.valueOf(units).multiply(open.chiprice())),
                host.identity().privateKey())));
    return new IndexAnswer.Opened(
        height,
        Statement.sign(new ChannelOpened(request.open(), height), host.identity().privateKey())
            .signature(),
        grants);
  }

  /// What each miner could earn by serving `segments`: those that have copies of the very bytes, by
  /// chunk hash and plain root. What others ordered under the same chunk hash is another thing and
  /// does not count. Every segment has its first miner before any has its second, as far as an
  /// answer has room.
  ///
  /// @param contracts gets the contracts of those copies
  private Map<Account, Long> served(
      Account user, List<DownloadOpen.SegmentEntry> segments, List<Hash> contracts)
      throws IOException {
    Map<DownloadOpen.SegmentEntry, List<ContractEntry>> copies = new HashMap<>();
    for (DownloadOpen.SegmentEntry segment : segments) {
      if (!copies.containsKey(segment)) {
        List<ContractEntry> held =
            ledger.ofSegment(segment.segment()).stream()
                .filter(ContractEntry::holds)
                .filter(entry ->
                    entry.match().body().order().content().plainRoot().equals(segment.plainRoot()))
                .toList();
        List<ContractEntry> chosen = CopyChoice.of(held, Optional.of(user), COPIES_SHOWN);
        copies.put(segment, chosen);
        chosen.forEach(entry -> contracts.add(entry.id()));
      }
    }
    Map<Account, Long> chi = new LinkedHashMap<>();
    for (int rank = 0; rank < COPIES_SHOWN; rank++) {
      for (DownloadOpen.SegmentEntry segment : segments) {
        List<ContractEntry> chosen = copies.getOrDefault(segment, List.of());
        if (rank < chosen.size()) {
          Account miner = chosen.get(rank).match().body().miner().account();
          if (chi.containsKey(miner) || chi.size() < IndexRequest.SEGMENTS_MAX) {
            chi.merge(miner, CHI_PER_UNIT * segment.units(), Long::sum);
          }
        }
      }
    }
    return chi;
  }

  private void report(PeerId by, IndexRequest.Report report) throws IOException, Refused {
    ContractEntry known = known(report.contract());
    boolean self = known.match().body().miner().peerId().equals(by);
    boolean reader = channels.mayReport(by, report.contract());
    boolean unanswered = known.unacknowledged();
    log.reported(report.contract(), report.trouble().name(), by, self || reader || unanswered);
    if (self) {
      ledger.update(report.contract(), entry -> entry.on(new ContractState.Event.Lost()));
      offers.release(by, report.contract());
    } else if (unanswered) {
      // Without effect by itself: the copy is matched again only when its user orders again.
      ledger.update(
          report.contract(),
          entry -> entry.unacknowledged() ? entry.noting(entry.notes().doubted(true)) : entry);
    } else if (reader) {
      long now = host.env().clock().wallMillis() / 1000;
      ledger.update(report.contract(), entry -> missed(entry, report.trouble(), now));
    }
  }

  /// Several readers of the same copy miss it once: a second event would mean a second period.
  private static ContractEntry missed(
      ContractEntry entry, IndexRequest.Report.Trouble trouble, long nowSeconds) {
    ContractEntry noted = entry.noting(entry.notes().troubled(trouble, nowSeconds));
    return switch (entry.state()) {
      case AVAILABLE -> noted.on(new ContractState.Event.Missed());
      case SUSPECT -> noted;
      default -> entry;
    };
  }

  private ContractEntry known(Hash contract) throws IOException, Refused {
    return ledger
        .contract(contract)
        .orElseThrow(
            () -> new Refused(Status.NOT_FOUND, "this account has not put this chunk yet"));
  }

  private static void require(boolean holds, Status status, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(status, otherwise);
    }
  }

  private void keepHouse() throws InterruptedException, IOException {
    while (true) {
      host.env().clock().sleep(HOUSEKEEPING);
      house.round();
      channels.expire();
    }
  }

  /// What an operator sees.
  public Counters<IndexerCounter> status() throws IOException {
    counters.set(IndexerCounter.BEACON_EPOCH, beacon.tip().epoch());
    counters.set(IndexerCounter.MINERS, offers.size());
    counters.set(IndexerCounter.WAITING, ledger.waiting().size());
    return counters;
  }

  /// The node beneath the role.
  public NodeHost host() {
    return host;
  }

  @Override
  public void close() {
    host.close();
  }
}
