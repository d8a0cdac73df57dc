package io.ppio.node.miner;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.proof.pod.CipheredSegment;
import io.ppio.data.proof.pod.Delivery;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Promise;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.MinerLane;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.contract.Offer;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.MethodBody;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves paid reads: opens lanes, deposits their keys, takes vouchers, answers spot checks (data
/// and proofs specification 5.2, incentive specification 7.2).
///
/// Lanes live in memory: a reader whose miner restarts opens a new one. Vouchers are kept durably,
/// they are the claim to payment. Safe for concurrent use.
final class LaneService {
  private static final int REQUEST = 1;
  private static final int DEPOSIT = 2;
  private static final int OFFER = 3;
  private static final int VOUCHER = 4;
  private static final int RECEIPT = 6;
  private static final int SPOT_CHECK = 3;

  /// Lanes open at once; the oldest leave first.
  private static final int LANES_MAX = 4096;

  private static final Duration MESSAGE_LIMIT = Duration.ofSeconds(2);

  /// The reader may have heard of an epoch before this miner; without its beacon they would
  /// disagree about the key holder, and the reader would wait for the word of one that nobody
  /// asked.
  private static final Duration BEACON_WITHIN = Duration.ofSeconds(1);

  private final NodeHost host;
  private final Clock clock;
  private final MatchCheck matches;
  private final PlainTiles tiles;
  private final CopyStore copies;
  private final BeaconFollower beacon;
  private final Offer.Asks asks;
  private final MinerCounters counters;
  private final Monitor monitor;
  private final ChannelTable channels;
  private final Map<Hash, Promise<ServedLane>> lanes = new LinkedHashMap<>();
  private final MinerLog log;

  /// @param asks below which nothing is served
  LaneService(
      NodeHost host,
      CopyStore copies,
      PlainTiles tiles,
      BeaconFollower beacon,
      Offer.Asks asks,
      MinerCounters counters) {
    this.host = host;
    this.clock = host.env().clock();
    this.matches = new MatchCheck(host);
    this.tiles = tiles;
    this.copies = copies;
    this.beacon = beacon;
    this.asks = asks;
    this.channels = new ChannelTable(clock, ChannelTable.Bounds.STANDARD);
    this.counters = counters;
    this.monitor = new Monitor(clock);
    this.log = new MinerLog(host.env().log());
  }

  /// LANE.
  void lane(Exchange exchange) throws Exception {
    MethodBody message = MethodBody.decode(exchange.body());
    byte[] body = message.body().toArray();
    switch (message.kind()) {
      case REQUEST -> introduce(exchange, LaneRequest.decode(body));
      case VOUCHER -> voucher(exchange, Voucher.decode(body));
      case RECEIPT -> acknowledgeReceipt(exchange);
      default -> throw new Refused(Status.BAD_REQUEST, "no LANE message for miners");
    }
  }

  private static void acknowledgeReceipt(Exchange exchange) throws Exception {
    // Before a ledger there is nothing to redeem: the vouchers kept say the same.
    if (!exchange.oneway()) {
      exchange.reply(Bytes.EMPTY);
    }
  }

  private void introduce(Exchange exchange, LaneRequest request) throws Exception {
    DownloadOpen open = request.opened().body().open();
    boolean fits =
        request.fits()
            && request.grant().body().chainId().equals(host.chainId())
            && request.grant().body().miner().equals(host.identity().account())
            && matches.isByIndexer(request.grant().signer())
            && matches.isByIndexer(request.opened().signer())
            && request.opened().body().request().isBy(open.user())
            && open.expiresSeconds() > clock.wallMillis() / 1000;
    if (!fits) {
      throw new Refused(Status.PAYMENT_REQUIRED, "channel is not opened for this miner");
    }
    if (open.chiprice().compareTo(asks.download()) < 0) {
      throw new Refused(
          Status.PAYMENT_REQUIRED, "this miner asks " + asks.download() + " wei per chi");
    }
    channels.introduce(exchange.peer(), request);
    if (!exchange.oneway()) {
      exchange.reply(Bytes.EMPTY);
    }
  }

  /// The lane by its id; opened now if its channel is known and the segment is here.
  ///
  /// @param segment the chunk hash
  ServedLane lane(Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    Promise<ServedLane> promise;
    boolean ours = false;
    try (var _ = monitor.hold()) {
      Promise<ServedLane> known = lanes.get(id);
      if (known == null) {
        known = new Promise<>(clock);
        lanes.put(id, known);
        ours = true;
        if (lanes.size() > LANES_MAX) {
          lanes.remove(lanes.keySet().iterator().next());
        }
      }
      promise = known;
    }
    if (ours) {
      openInto(promise, id, segment, reader);
    }
    return awaited(promise, reader);
  }

  private void openInto(Promise<ServedLane> promise, Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    boolean open = false;
    try {
      promise.complete(open(id, segment, reader));
      open = true;
    } catch (UnreadableCopy e) {
      throw e.refusal();
    } finally {
      if (!open) {
        try (var _ = monitor.hold()) {
          lanes.remove(id, promise);
        }
        promise.fail(new Refused(Status.UNAVAILABLE, "the lane could not be opened"));
      }
    }
  }

  private static ServedLane awaited(Promise<ServedLane> promise, PeerId reader)
      throws Refused, InterruptedException {
    try {
      ServedLane lane = promise.await();
      if (!lane.fixed().reader().equals(reader)) {
        throw new Refused(Status.FORBIDDEN, "lane of another reader");
      }
      return lane;
    } catch (Refused | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a lane failed oddly", e);
    }
  }

  private ServedLane open(Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    LaneRequest channel = channelOf(id, segment, reader);
    DownloadOpen.SegmentEntry entry =
        channel.segments().stream()
            .filter(each -> each.segment().equals(segment))
            .findFirst()
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "segment is not of this channel"));
    CopyRecord copy =
        copies
            .readable(segment)
            .filter(record -> record.plainTree().root().equals(entry.plainRoot()))
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this miner has no such segment"));
    tiles.keep(copy.id());
    byte[] secret = new byte[Hash.SIZE];
    host.env().secret(secret);
    LaneKeys keys = new LaneKeys(Hash.of(secret), Windows.standard(copy.tiles()));
    SegmentTree ciphered = new CipheredSegment(keys).tree(tiles.source(copy.id()));
    LaneTerms terms =
        new LaneTerms(
            channel.opened().body().open().channel(),
            segment,
            ciphered.root(),
            Windows.SIZE_DEFAULT,
            keys.keyRoot());
    SignedStatement<LaneTerms> signed = Statement.sign(terms, host.identity().privateKey());
    LaneOffer offer = new LaneOffer(signed, Optional.empty(), keys.keyHashes());
    ServedLane lane =
        new ServedLane(
            clock,
            new ServedLane.Fixed(
                id,
                reader,
                holder(channel),
                copy,
                keys,
                ciphered,
                agreement(id, channel, terms, keys, copy.tiles()),
                offer));
    log.laneOpened(id, copy.tiles(), lane.fixed().holder().isEmpty());
    return lane;
  }

  private LaneRequest channelOf(Hash id, Hash segment, PeerId reader) throws Refused {
    return channels
        .find(reader, each -> LaneKeys.lane(each, host.id().keyHash(), segment).equals(id))
        .orElseThrow(() -> new Refused(Status.PAYMENT_REQUIRED, "no channel for this lane"));
  }

  private LaneAgreement agreement(
      Hash id, LaneRequest request, LaneTerms terms, LaneKeys keys, int pieces) {
    DownloadOpen open = request.opened().body().open();
    return new LaneAgreement(
        new Voucher.LaneName(host.chainId(), open.channel(), id),
        terms,
        keys.keyHashes(),
        new LaneAgreement.Money(
            open.channelKey(),
            open.chiprice(),
            request.grant().body().cap(),
            Instant.ofEpochSecond(open.expiresSeconds())),
        pieces);
  }

  /// The verifier drawn to hold the keys; empty where nobody is.
  private Optional<PeerId> holder(LaneRequest request) throws IOException, InterruptedException {
    long height = request.opened().body().height();
    Optional<BeaconTip> epoch =
        beacon.await(height, clock.in(BEACON_WITHIN)).filter(tip -> tip.epoch() == height);
    if (epoch.isEmpty()) {
      return Optional.empty();
    }
    Bytes subject =
        Bytes.of(
            new FixedWidth()
                .hash(request.opened().body().open().channel())
                .hash(host.id().keyHash())
                .toArray());
    List<PeerId> members =
        Committee.draw(
                epoch.get().value(),
                subject,
                0,
                host.genesis().peers(NodeRole.VERIFIER),
                verifier -> !verifier.equals(host.id()))
            .members();
    return members.isEmpty() ? Optional.empty() : Optional.of(members.getFirst());
  }

  /// Sends the own offer to the reader and the keys to their holder, without waiting for it. Done
  /// for every map that is asked for: either message may have been lost.
  void announce(ServedLane lane) {
    if (lane.beginAnnouncing()) {
      host.tasks()
          .serve(
              "lane",
              () -> {
                announceNow(lane);
                lane.endAnnouncing();
              });
    }
  }

  private void announceNow(ServedLane lane) throws InterruptedException {
    ServedLane.Fixed fixed = lane.fixed();
    SignedStatement<LaneTerms> terms = fixed.offer().terms();
    try {
      host.peers()
          .oneway(
              new Contact(fixed.reader(), List.of()),
              Method.LANE,
              new MethodBody(OFFER, Bytes.of(fixed.offer().encode())).encode(),
              CallOptions.DEFAULT.within(MESSAGE_LIMIT));
    } catch (CallFailed e) {
      log.laneMessageFailed(fixed.id(), "offer", String.valueOf(e.getMessage()));
    }
    if (fixed.holder().isEmpty()) {
      return;
    }
    LaneDeposit deposit =
        new LaneDeposit(
            terms.body(),
            fixed.copy().plainTree().root(),
            fixed.keys().secret(),
            terms.signature(),
            fixed.copy().match());
    try {
      host.peers()
          .call(
              host.directory().contact(fixed.holder().get()),
              Method.LANE,
              new MethodBody(DEPOSIT, Bytes.of(deposit.encode())).encode(),
              CallOptions.DEFAULT.within(MESSAGE_LIMIT));
    } catch (CallFailed e) {
      log.laneMessageFailed(fixed.id(), "deposit", String.valueOf(e.getMessage()));
    }
  }

  /// A promise of payment: from the reader, or a copy from the key holder.
  ///
  /// A reader that calls, rather than only sends, wants the key from us because the holder is
  /// silent.
  private void voucher(Exchange exchange, SignedStatement<Voucher> voucher) throws Exception {
    Optional<ServedLane> lane = find(voucher.body().lane().lane());
    if (lane.isEmpty()) {
      throw new Refused(Status.NOT_FOUND, "this miner serves no such lane");
    }
    MinerLane.Event.Vouched event = new MinerLane.Event.Vouched(clock.wall(), voucher);
    for (MinerLane.Effect effect : lane.get().take(event, this::keep)) {
      switch (effect) {
        case MinerLane.Effect.LogVoucher _ -> counters.vouchers.incrementAndGet();
        case MinerLane.Effect.RefuseVoucher(var fault) -> {
          log.voucherRefused(lane.get().fixed().id(), fault.name());
          throw new Refused(Status.PAYMENT_REQUIRED, "voucher refused: " + fault);
        }
        case MinerLane.Effect.Redeem _,
            MinerLane.Effect.SendPiece _,
            MinerLane.Effect.RefusePiece _ -> {}
      }
    }
    if (!exchange.oneway()) {
      int window = voucher.body().window().index();
      Reveal reveal =
          new Reveal(window, lane.get().fixed().keys().key(window), lane.get().fixed().id());
      exchange.reply(Bytes.of(Statement.sign(reveal, host.identity().privateKey()).encode()));
    }
  }

  private Optional<ServedLane> find(Hash id) throws InterruptedException {
    Promise<ServedLane> promise;
    try (var _ = monitor.hold()) {
      promise = lanes.getOrDefault(id, new Promise<>(clock));
    }
    if (!promise.isDone()) {
      return Optional.empty();
    }
    try {
      return Optional.of(promise.await());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      return Optional.empty(); // the lane could not be opened: there is none
    }
  }

  private void keep(SignedStatement<Voucher> voucher) throws IOException {
    Bytes key =
        Bytes.of(
            new FixedWidth()
                .u8('V')
                .hash(voucher.body().lane().lane())
                .u64(voucher.body().seq())
                .toArray());
    host.store()
        .commit(new StoreBatch().put(key, Bytes.of(voucher.encode())), Store.Durability.SYNCED);
  }

  /// PROOF: the key holder's spot check.
  void proof(Exchange exchange) throws Exception {
    MethodBody message = MethodBody.decode(exchange.body());
    if (message.kind() != SPOT_CHECK) {
      throw new Refused(Status.BAD_REQUEST, "no PROOF message for miners");
    }
    SpotCheck check = SpotCheck.decode(message.body().toArray());
    ServedLane lane =
        find(check.lane())
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this miner serves no such lane"));
    ServedLane.Fixed fixed = lane.fixed();
    if (fixed.holder().filter(exchange.peer()::equals).isEmpty()) {
      throw new Refused(Status.FORBIDDEN, "only the key holder may check");
    }
    BeaconTip epoch =
        beacon
            .await(check.height(), exchange.deadline())
            .filter(tip -> tip.epoch() == check.height())
            .orElseThrow(() -> new Refused(Status.UNAVAILABLE, "beacon is not known here"));
    List<SpotAnswer.Leaf> leaves;
    try {
      leaves =
          Delivery.open(
              check.positions(epoch.value(), fixed.copy().tiles()),
              fixed.keys(),
              new Delivery.Trees(fixed.copy().plainTree(), fixed.ciphered()),
              tiles.source(fixed.copy().id()));
    } catch (UnreadableCopy e) {
      throw e.refusal();
    }
    Bytes signature =
        host.identity()
            .privateKey()
            .sign(Statement.digest(SpotAnswer.STATEMENT, SpotAnswer.body(check, leaves)))
            .bytes();
    exchange.reply(Bytes.of(new SpotAnswer(check, leaves, signature).encode()));
  }

  /// Wei that the other lanes of a lane's channel take of the grant.
  BigInteger takenElsewhere(ServedLane lane) throws InterruptedException {
    List<Hash> ids;
    try (var _ = monitor.hold()) {
      ids = List.copyOf(lanes.keySet());
    }
    Hash channel = lane.fixed().agreement().name().channel();
    BigInteger taken = BigInteger.ZERO;
    for (Hash id : ids) {
      Optional<ServedLane> other = find(id);
      boolean counts =
          other.isPresent()
              && other.get() != lane
              && other.get().fixed().agreement().name().channel().equals(channel);
      if (counts) {
        taken = taken.add(other.get().taken());
      }
    }
    return taken;
  }
}
