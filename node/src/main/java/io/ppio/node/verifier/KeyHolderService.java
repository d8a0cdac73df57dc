package io.ppio.node.verifier;

import io.ppio.consensus.beacon.BeaconChain;
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
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the keys of lanes: answers the LANE messages of readers and miners (data and proofs
/// specification 5.2).
///
/// Reader and miner may come in either order: a deposit waits a while for its reader. What a lane
/// does is decided by [KeyLane]; here its effects are executed, and a key is given in one place
/// only, which is the execution of [KeyLane.Effect.RevealKey]. Safe for use by any number of tasks.
final class KeyHolderService {
  /// How long a deposit waits for the reader's request.
  private static final Duration READER_WAIT = Duration.ofSeconds(10);

  /// Deposits that wait or are being checked at most, in all and of one miner.
  private static final int CHECKING_MAX = 256;

  private static final int CHECKING_OF_MINER_MAX = 16;

  private final NodeHost host;
  private final LanePolicy policy;
  private final LaneClient client;
  private final LaneStore store;
  private final LaneTable table;
  private final DepositPermits checking;
  private final Counters<VerifierCounter> counters;
  private final VerifierLog log;

  /// Goes on with the lanes that the host's store has.
  KeyHolderService(
      NodeHost host, BeaconChain chain, Counters<VerifierCounter> counters, VerifierLog log)
      throws IOException {
    this.host = host;
    this.policy = new LanePolicy(host, chain);
    this.client = new LaneClient(host, chain, log);
    this.store = new LaneStore(host.store());
    this.table = new LaneTable(host.env().clock(), LaneTable.Bounds.STANDARD);
    this.checking = new DepositPermits(host.env().clock(), CHECKING_MAX, CHECKING_OF_MINER_MAX);
    this.counters = counters;
    this.log = log;
    restore();
  }

  private void restore() throws IOException {
    store.requests().forEach(table::restore);
    for (LaneDeposit deposit : store.deposits()) {
      try {
        ChannelRequest request =
            table
                .request(requestKey(deposit))
                .orElseThrow(() -> new IOException("a stored lane has no request"));
        LaneAgreement agreement = policy.agreement(request, deposit);
        KeyLane state = new KeyLane.Serving(agreement, store.trail(agreement.name().lane()));
        table.put(
            new HeldLane(host.env().clock(), request, deposit, agreement, state), Optional.empty());
      } catch (Refused e) {
        throw new IOException("a stored lane does not fit its request", e);
      }
    }
  }

  private static ChannelRequest.Key requestKey(LaneDeposit deposit) {
    return new ChannelRequest.Key(
        deposit.terms().channel(), deposit.match().body().miner().account());
  }

  private Instant now() {
    return host.env().clock().wall();
  }

  /// Lanes held now.
  int lanes() {
    return table.lanes().size();
  }

  /// Miners reported, also by earlier runs.
  long reports() {
    return store.reports();
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
    List<HeldLane> there = table.ask(exchange.peer(), policy.request(message));
    exchange.reply(Bytes.EMPTY);
    for (HeldLane lane : there) {
      if (lane.state() instanceof KeyLane.Serving) {
        client.offer(lane, exchange.peer());
      }
    }
  }

  private void deposit(Exchange exchange, LaneDeposit deposit) throws Exception {
    PeerId miner = exchange.peer();
    policy.deposit(miner, deposit);
    Optional<ChannelRequest> asked = table.request(requestKey(deposit));
    if (asked.isPresent()) {
      policy.notElsewhere(asked.get(), miner);
    }
    if (!checking.take(miner)) {
      throw new Refused(Status.OVERLOADED, "too many deposits are being checked");
    }
    host.tasks()
        .serve(
            "deposit",
            () -> {
              try {
                open(miner, deposit);
              } finally {
                checking.give(miner);
              }
            });
    exchange.reply(Bytes.EMPTY);
  }

  /// Waits for the reader and opens the lane, which begins with its check.
  private void open(PeerId miner, LaneDeposit deposit) throws IOException, InterruptedException {
    try {
      Deadline deadline = host.env().clock().in(READER_WAIT);
      ChannelRequest request =
          table
              .await(requestKey(deposit), deadline)
              .orElseThrow(() -> new Refused(Status.NOT_FOUND, "no reader asked for this lane"));
      LaneAgreement agreement = policy.agreement(request, deposit);
      policy.drawn(request, miner, deadline);
      KeyLane.Step begun = KeyLane.begin(agreement, now());
      HeldLane lane = new HeldLane(host.env().clock(), request, deposit, agreement, begun.next());
      Optional<HeldLane> old = table.find(lane.id());
      if (old.isPresent() && !(old.get().state() instanceof KeyLane.Closed)) {
        repeat(old.get(), deposit);
      } else if (table.put(lane, old)) {
        run(lane, begun.effects());
      }
    } catch (Refused e) {
      counters.count(VerifierCounter.LANES_REFUSED);
      log.laneRefused(deposit.terms().segment(), miner, String.valueOf(e.getMessage()));
    }
  }

  /// The miner made its deposit again: it gets the same answer, or none if it is another one. Only
  /// a lane that failed its check may be begun anew, so that never two offers for one lane are
  /// confirmed.
  private void repeat(HeldLane lane, LaneDeposit deposit) throws Refused, InterruptedException {
    if (!lane.deposit().equals(deposit)) {
      throw new Refused(Status.FORBIDDEN, "two offers for one lane");
    }
    if (lane.state() instanceof KeyLane.Serving) {
      offer(lane);
    }
  }

  private void offer(HeldLane lane) throws InterruptedException {
    for (PeerId reader : table.readers(lane.request().key())) {
      client.offer(lane, reader);
    }
  }

  /// Executes what a check or the time led to.
  private void run(HeldLane lane, List<KeyLane.Effect> effects)
      throws IOException, InterruptedException {
    for (KeyLane.Effect effect : effects) {
      switch (effect) {
        case KeyLane.Effect.AskMiner _ ->
            run(lane, lane.stepAfter(() -> client.check(lane), store));
        case KeyLane.Effect.ConfirmOffer _ -> {
          log.laneConfirmed(lane.id(), lane.miner(), lane.agreement().windows().count());
          offer(lane);
        }
        case KeyLane.Effect.ReportMiner(var result) -> {
          counters.count(VerifierCounter.LANES_REFUSED);
          log.laneRefused(lane.id(), lane.miner(), "spot check: " + result);
          client.report(lane, result);
        }
        case KeyLane.Effect.LogVoucher _,
            KeyLane.Effect.RevealKey _,
            KeyLane.Effect.RefuseVoucher _ ->
            throw new IllegalStateException("nobody paid, and yet: " + effect);
      }
    }
  }

  private void voucher(Exchange exchange, SignedStatement<Voucher> voucher) throws Exception {
    HeldLane lane =
        table
            .find(voucher.body().lane().lane())
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this verifier has no such lane"));
    for (KeyLane.Effect effect : lane.step(new KeyLane.Event.Vouched(now(), voucher), store)) {
      switch (effect) {
        case KeyLane.Effect.LogVoucher(var counted) -> client.copy(lane, counted, exchange.trace());
        case KeyLane.Effect.RevealKey(int window) -> reveal(exchange, lane, window);
        case KeyLane.Effect.RefuseVoucher(var fault) -> {
          counters.count(VerifierCounter.VOUCHERS_REFUSED);
          log.voucherRefused(lane.id(), exchange.peer(), fault);
          throw new Refused(status(fault), "voucher refused: " + fault);
        }
        case KeyLane.Effect.AskMiner _,
            KeyLane.Effect.ConfirmOffer _,
            KeyLane.Effect.ReportMiner _ ->
            throw new IllegalStateException("a voucher says nothing about the miner: " + effect);
      }
    }
  }

  private void reveal(Exchange exchange, HeldLane lane, int window) throws Exception {
    Reveal reveal = new Reveal(window, lane.keys().key(window), lane.id());
    counters.count(VerifierCounter.REVEALS);
    log.keyRevealed(lane.id(), window);
    exchange.reply(Bytes.of(Statement.sign(reveal, host.identity().privateKey()).encode()));
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

  /// Tells the time to every lane that does not wait for its miner, and forgets channels that are
  /// over.
  ///
  /// @return how many
  int sweep() throws IOException, InterruptedException {
    for (HeldLane lane : table.lanes()) {
      if (!lane.isCalling()) {
        run(lane, lane.step(new KeyLane.Event.Tick(now()), store));
      }
    }
    Map<ChannelRequest.Key, List<Hash>> expired = table.expired(now());
    table.removeAll(expired.keySet());
    for (var channel : expired.entrySet()) {
      store.remove(channel.getKey(), channel.getValue());
    }
    return expired.size();
  }
}
