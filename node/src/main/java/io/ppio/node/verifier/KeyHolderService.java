package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Deadline;
import io.ppio.incentive.channel.KeyLane;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.channel.VoucherFault;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the keys of lanes: answers requests, deposits and vouchers, sends offers (data and proofs
/// specification 5.2).
///
/// Reader and miner may come in either order: a deposit waits a while for its reader. A lane and
/// each voucher are durable before an offer is confirmed or a key is given. Safe for use by any
/// number of tasks.
final class KeyHolderService {
  /// How long a deposit waits for the reader's request.
  private static final Duration READER_WAIT = Duration.ofSeconds(10);

  /// Deposits that wait or are being checked at most, in all and of one miner.
  private static final int CHECKING_MAX = 256;

  private static final int CHECKING_OF_MINER_MAX = 16;

  /// How often a miner that does not answer is asked for a spot check.
  private static final int SPOT_TRIES = 2;

  private final NodeHost host;
  private final LaneChecks checks;
  private final SpotChecks spots;
  private final LaneRecords records;
  private final LaneTable book;
  private final CheckingPlaces checking;
  private final Counters<VerifierCounter> tally;
  private final VerifierLog log;

  /// Goes on with the lanes that the host's store has.
  KeyHolderService(
      NodeHost host, BeaconChain chain, Counters<VerifierCounter> tally, VerifierLog log)
      throws IOException {
    this.host = host;
    this.checks = new LaneChecks(host, chain);
    this.spots = new SpotChecks(host, chain);
    this.records = new LaneRecords(host.store());
    this.book = new LaneTable(host.env().clock(), LaneTable.Bounds.STANDARD);
    this.checking = new CheckingPlaces(host.env().clock(), CHECKING_MAX, CHECKING_OF_MINER_MAX);
    this.tally = tally;
    this.log = log;
    restore();
  }

  private void restore() throws IOException {
    records.requests().forEach(book::restore);
    Deadline now = host.env().clock().in(Duration.ZERO);
    for (LaneDeposit deposit : records.deposits()) {
      try {
        ChannelRequest request =
            book.await(requestKey(deposit), now)
                .orElseThrow(() -> new IOException("a stored lane has no request"));
        LaneAgreement agreement = checks.agreement(request, deposit);
        HeldLane lane = new HeldLane(host.env().clock(), request, deposit, agreement);
        lane.resume(records.trail(lane.id()));
        book.put(lane, Optional.empty());
      } catch (Refused e) {
        throw new IOException("a stored lane does not fit its request", e);
      } catch (InterruptedException e) {
        throw new IOException("interrupted while reading lanes", e);
      }
    }
  }

  private static ChannelRequest.Key requestKey(LaneDeposit deposit) {
    return new ChannelRequest.Key(
        deposit.terms().channel(), deposit.match().body().miner().account());
  }

  /// Lanes held now.
  int count() {
    return book.lanes();
  }

  void answer(Exchange exchange) throws Exception {
    switch (LaneCodec.decode(exchange.body())) {
      case LaneRequest request -> request(exchange, request);
      case LaneDeposit deposit -> deposit(exchange, deposit);
      case LaneMessage.Pay(var voucher) -> voucher(exchange, voucher);
      case LaneOffer _, LaneMessage.Settle _ ->
          throw new Refused(Status.BAD_REQUEST, "no LANE message for key holders");
    }
  }

  private void request(Exchange exchange, LaneRequest message) throws Exception {
    PeerId reader = exchange.peer();
    List<HeldLane> there = book.ask(reader, checks.request(message));
    exchange.reply(Bytes.EMPTY);
    for (HeldLane lane : there) {
      if (lane.look() instanceof KeyLane.Serving) {
        offer(lane, reader);
      }
    }
  }

  private void deposit(Exchange exchange, LaneDeposit deposit) throws Exception {
    PeerId miner = exchange.peer();
    checks.deposit(miner, deposit);
    Optional<ChannelRequest> asked =
        book.await(requestKey(deposit), host.env().clock().in(Duration.ZERO));
    if (asked.isPresent()) {
      checks.notElsewhere(asked.get(), deposit.match().body().miner());
    }
    if (!checking.take(miner)) {
      throw new Refused(Status.OVERLOADED, "too many deposits are being checked");
    }
    host.tasks()
        .serve(
            "deposit",
            () -> {
              try {
                confirm(miner, deposit);
              } finally {
                checking.give(miner);
              }
            });
    exchange.reply(Bytes.EMPTY);
  }

  /// Waits for the reader, checks the lane, and confirms its offer.
  private void confirm(PeerId miner, LaneDeposit deposit) throws IOException, InterruptedException {
    Hash segment = deposit.terms().segment();
    try {
      Deadline deadline = host.env().clock().in(READER_WAIT);
      ChannelRequest request =
          book.await(requestKey(deposit), deadline)
              .orElseThrow(() -> new Refused(Status.NOT_FOUND, "no reader asked for this lane"));
      LaneAgreement agreement = checks.agreement(request, deposit);
      checks.drawn(request, deposit.match().body().miner(), deadline);
      HeldLane lane = new HeldLane(host.env().clock(), request, deposit, agreement);
      Optional<HeldLane> old = book.find(lane.id());
      if (old.isPresent() && !(old.get().look() instanceof KeyLane.Closed)) {
        repeat(old.get(), deposit);
      } else if (book.put(lane, old)) {
        check(lane);
      }
    } catch (Refused e) {
      tally.count(VerifierCounter.LANES_REFUSED);
      log.laneRefused(segment, miner, String.valueOf(e.getMessage()));
    }
  }

  /// The miner made its deposit again: it gets the same answer, or none if it is another one. Only
  /// a lane that failed its check may be begun anew, so that never two offers for one lane are
  /// confirmed.
  private void repeat(HeldLane lane, LaneDeposit deposit) throws Refused, InterruptedException {
    if (!lane.deposit().equals(deposit)) {
      throw new Refused(Status.FORBIDDEN, "two offers for one lane");
    }
    if (lane.look() instanceof KeyLane.Serving) {
      offer(lane);
    }
  }

  private void check(HeldLane lane) throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      begin(lane);
      try {
        answered(lane, spots.holds(lane), "wrong answer to the spot check");
        return;
      } catch (MalformedMessage e) {
        answered(lane, false, "malformed answer to the spot check");
        return;
      } catch (CallFailed e) {
        if (tries == SPOT_TRIES) {
          answered(lane, false, "no answer to the spot check: " + e.getMessage());
          return;
        }
      }
    }
  }

  private void begin(HeldLane lane) throws InterruptedException {
    lane.enter();
    try {
      lane.check(now());
    } finally {
      lane.leave();
    }
  }

  private Instant now() {
    return host.env().clock().wall();
  }

  private void answered(HeldLane lane, boolean holds, String otherwise)
      throws IOException, InterruptedException {
    boolean confirmed = false;
    lane.enter();
    try {
      KeyLane.Step step = lane.state().on(new KeyLane.Event.Answered(now(), holds));
      if (step.effects().contains(new KeyLane.Effect.ConfirmOffer())) {
        records.keep(lane);
        confirmed = true;
      }
      lane.become(step.next());
    } finally {
      lane.leave();
    }
    if (confirmed) {
      log.laneConfirmed(lane.id(), lane.miner(), lane.agreement().windows().count());
      offer(lane);
    } else {
      tally.count(VerifierCounter.LANES_REFUSED);
      log.laneRefused(lane.id(), lane.miner(), holds ? "answer came too late" : otherwise);
    }
  }

  private void offer(HeldLane lane) throws InterruptedException {
    for (PeerId reader : book.readers(lane.request().key())) {
      offer(lane, reader);
    }
  }

  /// Sends a confirmed offer; one that gets lost is sent again when the reader repeats its request.
  private void offer(HeldLane lane, PeerId reader) throws InterruptedException {
    try {
      send(reader, lane.offer(host.identity().privateKey()));
    } catch (CallFailed e) {
      log.offerNotDelivered(lane.id(), reader, String.valueOf(e.getMessage()));
    }
  }

  private void send(PeerId peer, LaneMessage message) throws CallFailed, InterruptedException {
    host.peers()
        .oneway(
            host.directory().contact(peer),
            Method.LANE,
            LaneCodec.encode(message),
            CallOptions.DEFAULT);
  }

  private void voucher(Exchange exchange, SignedStatement<Voucher> voucher) throws Exception {
    HeldLane lane =
        book.find(voucher.body().lane().lane())
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this verifier has no such lane"));
    Reveal reveal = judge(exchange, lane, voucher);
    tally.count(VerifierCounter.REVEALS);
    log.keyRevealed(lane.id(), reveal.window());
    exchange.reply(Bytes.of(Statement.sign(reveal, host.identity().privateKey()).encode()));
  }

  private Reveal judge(Exchange exchange, HeldLane lane, SignedStatement<Voucher> voucher)
      throws Refused, IOException, InterruptedException {
    Optional<Reveal> reveal = Optional.empty();
    VoucherFault fault = VoucherFault.NONE;
    lane.enter();
    try {
      KeyLane.Step step = lane.state().on(new KeyLane.Event.Vouched(now(), voucher));
      for (KeyLane.Effect effect : step.effects()) {
        switch (effect) {
          case KeyLane.Effect.LogVoucher(var counted) -> {
            records.keep(lane.id(), counted);
            copy(lane, counted);
          }
          case KeyLane.Effect.RevealKey(int window) ->
              reveal = Optional.of(new Reveal(window, lane.keys().key(window), lane.id()));
          case KeyLane.Effect.RefuseVoucher(var why) -> fault = why;
          case KeyLane.Effect.ConfirmOffer _, KeyLane.Effect.ReportMiner _ ->
              throw new IllegalStateException("a voucher confirms no offer");
        }
      }
      lane.become(step.next());
    } finally {
      lane.leave();
    }
    if (reveal.isEmpty()) {
      tally.count(VerifierCounter.VOUCHERS_REFUSED);
      log.voucherRefused(lane.id(), exchange.peer(), fault);
      throw new Refused(status(fault), "voucher refused: " + fault);
    }
    return reveal.get();
  }

  private static Status status(VoucherFault fault) {
    return switch (fault) {
      case NOT_SIGNED -> Status.UNAUTHENTICATED;
      case WRONG_AMOUNT, OVER_CAP -> Status.PAYMENT_REQUIRED;
      case EXPIRED -> Status.CONTRACT_INVALID;
      case TOO_OFTEN, EQUIVOCATION -> Status.FORBIDDEN;
      case NONE, OTHER_LANE, WRONG_WINDOW, WRONG_KEY, OLD -> Status.BAD_REQUEST;
    };
  }

  /// Sends the miner its copy of a voucher: it is what the miner redeems.
  private void copy(HeldLane lane, SignedStatement<Voucher> voucher) {
    host.tasks()
        .serve(
            "voucher copy",
            () -> {
              try {
                send(lane.miner(), new LaneMessage.Pay(voucher));
              } catch (CallFailed e) {
                log.voucherNotCopied(lane.id(), lane.miner(), String.valueOf(e.getMessage()));
              }
            });
  }

  /// Forgets channels that are over.
  ///
  /// @return how many
  int sweep() throws IOException {
    Map<ChannelRequest.Key, List<Hash>> expired = book.expired(now());
    book.removeAll(expired.keySet());
    for (var channel : expired.entrySet()) {
      records.remove(channel.getKey(), channel.getValue());
    }
    return expired.size();
  }
}
