package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.LaneTerms;
import io.ppio.incentive.channel.MinerLane;
import io.ppio.incentive.channel.Voucher;
import io.ppio.network.peer.Contact;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Serves paid reads: answers LANE, announces lanes to readers and key holders, gives pieces (data
/// and proofs specification 5.2, incentive specification 7.2).
///
/// What may be sent and shown is decided by [MinerLane] and done by [LaneSteps]. Safe for
/// concurrent use.
final class LaneService {
  private static final Duration MESSAGE_LIMIT = Duration.ofSeconds(2);

  /// How long a reader's next window may wait for the copy of its voucher, which travels by way of
  /// the key holder.
  private static final Duration VOUCHER_WAIT = Duration.ofSeconds(3);

  private static final Duration TICK = Duration.ofMinutes(1);

  private final NodeHost host;
  private final Clock clock;
  private final ChannelTable channels;
  private final LaneTable lanes;
  private final LaneSteps steps;
  private final BigInteger ask;
  private final MinerLog log;

  /// @param ask wei per chi below which nothing is served
  LaneService(
      NodeHost host, ChannelTable channels, LaneTable lanes, LaneSteps steps, BigInteger ask) {
    this.host = host;
    this.clock = host.env().clock();
    this.channels = channels;
    this.lanes = lanes;
    this.steps = steps;
    this.ask = ask;
    this.log = new MinerLog(host.env().log());
  }

  /// LANE.
  void answer(Exchange exchange) throws Exception {
    switch (LaneCodec.decode(exchange.body())) {
      case LaneRequest request -> introduce(exchange, request);
      case LaneMessage.Pay(var voucher) -> voucher(exchange, voucher);
      // Before a ledger there is nothing to redeem: the vouchers kept say the same.
      case LaneMessage.Settle _ -> done(exchange);
      case LaneDeposit _, LaneOffer _ ->
          throw new Refused(Status.BAD_REQUEST, "no LANE message for miners");
    }
  }

  private static void done(Exchange exchange) throws Exception {
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
            && host.named().isByIndexer(request.grant())
            && host.named().isByIndexer(request.opened())
            && request.opened().body().request().isBy(open.user())
            && open.expiresSeconds() > clock.wallMillis() / 1000;
    if (!fits) {
      throw new Refused(Status.PAYMENT_REQUIRED, "channel is not opened for this miner");
    }
    if (open.chiprice().compareTo(ask) < 0) {
      throw new Refused(Status.PAYMENT_REQUIRED, "this miner asks " + ask + " wei per chi");
    }
    channels.introduce(exchange.peer(), request);
    done(exchange);
  }

  /// A promise of payment: from the reader, or a copy from the key holder.
  ///
  /// A reader that calls, rather than only sends, wants the key from us because the holder is
  /// silent.
  private void voucher(Exchange exchange, SignedStatement<Voucher> voucher) throws Exception {
    ServedLane lane =
        lanes
            .find(voucher.body().lane().lane())
            .orElseThrow(() -> new Refused(Status.NOT_FOUND, "this miner serves no such lane"));
    var event = new MinerLane.Event.Vouched(clock.wall(), voucher, !exchange.oneway());
    steps.run(lane, lane.happen(event), Optional.of(exchange));
  }

  /// The lane by its id; opened now if its channel is known and the segment is here.
  ServedLane lane(Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    return lanes.lane(id, segment, reader);
  }

  /// Sends the own offer to the reader and the keys to their holder, without waiting for it. Done
  /// for every map that is asked for: either message may have been lost.
  void announce(ServedLane lane) {
    if (lane.beginAnnouncing()) {
      host.tasks()
          .serve(
              "lane",
              () -> {
                offer(lane.fixed());
                deposit(lane.fixed());
                lane.endAnnouncing();
              });
    }
  }

  private void offer(ServedLane.Fixed lane) throws InterruptedException {
    try {
      host.peers()
          .oneway(
              new Contact(lane.reader(), List.of()),
              Method.LANE,
              LaneCodec.encode(lane.offer()),
              CallOptions.DEFAULT.within(MESSAGE_LIMIT));
    } catch (CallFailed e) {
      log.laneMessageFailed(lane.id(), "offer", String.valueOf(e.getMessage()));
    }
  }

  private void deposit(ServedLane.Fixed lane) throws InterruptedException {
    if (lane.holder().isEmpty()) {
      return;
    }
    SignedStatement<LaneTerms> terms = lane.offer().terms();
    LaneDeposit deposit =
        LaneDeposit.of(
            terms, lane.copy().content().plainRoot(), lane.keys().secret(), lane.copy().match());
    try {
      host.peers()
          .call(
              host.directory().contact(lane.holder().get()),
              Method.LANE,
              LaneCodec.encode(deposit),
              CallOptions.DEFAULT.within(MESSAGE_LIMIT));
    } catch (CallFailed e) {
      log.laneMessageFailed(lane.id(), "deposit", String.valueOf(e.getMessage()));
    }
  }

  /// Gives the pieces of a lane that its reader asks for, or says why one does not come.
  void pieces(Exchange exchange, ServedLane lane, List<Integer> pieces) throws Exception {
    BigInteger elsewhere = lanes.takenElsewhere(lane);
    Deadline patience = exchange.deadline().orWithin(VOUCHER_WAIT);
    for (int piece : pieces) {
      steps.run(lane, lane.ask(piece, elsewhere, patience), Optional.of(exchange));
    }
  }

  /// Channels of readers open now.
  int channels() {
    return channels.size();
  }

  /// Tells the lanes the time, for ever; forgets those that are over.
  void tick() throws InterruptedException {
    while (true) {
      clock.sleep(TICK);
      for (ServedLane lane : lanes.all()) {
        try {
          steps.run(lane, lane.happen(new MinerLane.Event.Tick(clock.wall())), Optional.empty());
        } catch (InterruptedException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          log.laneMessageFailed(lane.fixed().id(), "tick", String.valueOf(e.getMessage()));
        }
        if (lane.isClosed()) {
          lanes.remove(lane);
        }
      }
    }
  }
}
