package io.ppio.node.user.get;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Promise;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneDeposit;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.network.transport.Exchange;
import io.ppio.network.transport.Service;
import io.ppio.network.wire.Status;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Receives the offers that miners and key holders send and hands each to the lane that waits for
/// it. Safe for concurrent use.
final class LaneOffers implements Service {
  private final Clock clock;
  private final Map<Name, Expected> expected = new ConcurrentHashMap<>();

  LaneOffers(Clock clock) {
    this.clock = clock;
  }

  private record Name(Hash channel, Hash segment, PublicKey miner) {}

  /// What one lane waits for.
  final class Expected {
    private final Optional<PublicKey> holder;
    private final Promise<LaneOffer> byMiner = new Promise<>(clock);
    private final Promise<LaneOffer> byHolder = new Promise<>(clock);

    private Expected(Optional<PublicKey> holder) {
      this.holder = holder;
    }

    /// The miner's offer, with its signature checked.
    Promise<LaneOffer> byMiner() {
      return byMiner;
    }

    /// The same with the signature of the key holder that checked it.
    Promise<LaneOffer> byHolder() {
      return byHolder;
    }

    private void take(LaneOffer offer) {
      byMiner.complete(offer);
      if (holder.filter(offer::isConfirmedBy).isPresent()) {
        byHolder.complete(offer);
      }
    }
  }

  /// Expects the offers of a lane from now on; they come once, so a lane that is taken up again
  /// finds those that came before.
  ///
  /// @param holder who checks it, if anybody
  Expected expect(Hash channel, Hash segment, PublicKey miner, Optional<PublicKey> holder) {
    return expected.computeIfAbsent(new Name(channel, segment, miner), _ -> new Expected(holder));
  }

  /// Expects nothing of a channel any more.
  void forget(Hash channel) {
    expected.keySet().removeIf(name -> name.channel().equals(channel));
  }

  @Override
  public void serve(Exchange exchange) throws Exception {
    switch (LaneCodec.decode(exchange.body())) {
      case LaneOffer offer -> {
        take(offer);
        if (!exchange.oneway()) {
          exchange.reply(Bytes.EMPTY);
        }
      }
      case LaneRequest _, LaneDeposit _, LaneMessage.Pay _, LaneMessage.Settle _ ->
          exchange.refuse(Status.FORBIDDEN, "a user takes offers only");
    }
  }

  /// Offers of lanes that nobody waits for, or with a signature of somebody else, are dropped.
  private void take(LaneOffer offer) throws MalformedMessage {
    PublicKey miner =
        offer
            .terms()
            .signer()
            .orElseThrow(() -> new MalformedMessage("an offer that nobody signed"));
    Expected lane =
        expected.get(
            new Name(offer.terms().body().channel(), offer.terms().body().segment(), miner));
    if (lane != null) {
      lane.take(offer);
    }
  }
}
