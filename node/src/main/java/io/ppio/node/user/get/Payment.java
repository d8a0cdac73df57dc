package io.ppio.node.user.get;

import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.Reveal;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.channel.Voucher.WindowClaim;
import io.ppio.incentive.index.IndexRequest.Report.Trouble;
import io.ppio.incentive.price.Tariff;
import io.ppio.incentive.statement.Signed;
import io.ppio.network.identity.PeerId;
import io.ppio.network.peer.Contact;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.Kinded;
import io.ppio.node.user.account.AccountTools;
import java.math.BigInteger;
import java.util.Optional;

/// Pays for the windows of one lane and gets their keys. Used by one task at a time.
final class Payment {
  private static final int VOUCHER = 4;

  private final AccountTools tools;
  private final Channel channel;
  private final Hash lane;
  private final LaneOffer offer;
  private final Contact miner;
  private final GetJournal journal;
  private Optional<PeerId> holder;
  private long seq;
  private volatile BigInteger settled = BigInteger.ZERO;

  /// @param holder who shows the keys; the miner does where there is none
  record Parties(Contact miner, Optional<PeerId> holder) {}

  Payment(GetTools download, Channel channel, Hash lane, LaneOffer offer, Parties parties) {
    this.tools = download.account();
    this.channel = channel;
    this.lane = lane;
    this.offer = offer;
    this.miner = parties.miner();
    this.holder = parties.holder();
    this.journal = download.journal();
  }

  /// Who is paid.
  PeerId miner() {
    return miner.id();
  }

  /// Wei for all windows opened so far.
  BigInteger settled() {
    return settled;
  }

  /// Promises payment for pieces of a window and gets its key.
  ///
  /// @param skipped pieces at its begin that are not paid for here, because another lane brought
  ///   them
  /// @param count pieces after them
  Hash open(int window, int skipped, int count)
      throws CallFailed, LaneFailed, MalformedMessage, InterruptedException {
    BigInteger locked = Tariff.STANDARD.pieces(count, channel.chiprice());
    seq++;
    Signed<Voucher> voucher =
        channel.sign(
            new Voucher(
                new Voucher.LaneName(tools.host().chainId(), channel.id(), lane),
                seq,
                settled,
                locked,
                new WindowClaim(window, bitmap(skipped, count), offer.keyHashes().get(window)),
                offer.terms().body().cipheredRoot(),
                channel.expiresSeconds()));
    journal.promised(lane, voucher);
    Hash key = reveal(window, new Kinded(VOUCHER, Bytes.of(voucher.encode())).encode());
    settled = settled.add(locked);
    return key;
  }

  /// The pieces after the first `skipped` ones.
  static Bytes bitmap(int skipped, int count) {
    byte[] bits = new byte[(skipped + count + 7) / 8];
    for (int i = skipped; i < skipped + count; i++) {
      bits[i / 8] |= (byte) (1 << i % 8);
    }
    return Bytes.of(bits);
  }

  private Hash reveal(int window, Bytes voucher)
      throws CallFailed, LaneFailed, MalformedMessage, InterruptedException {
    if (holder.isPresent()) {
      PeerId by = holder.get();
      try {
        tell(voucher);
        return ask(tools.host().directory().contact(by), window, voucher);
      } catch (CallFailed | LaneFailed | MalformedMessage e) {
        tools.log().laneDirect(miner.id(), String.valueOf(e.getMessage()));
        holder = Optional.empty();
      }
    }
    return ask(miner, window, voucher);
  }

  /// The miner's copy: it sends further windows only when it sees that they are paid for.
  private void tell(Bytes voucher) throws CallFailed, InterruptedException {
    tools.host().peers().oneway(miner, Method.LANE, voucher, CallOptions.DEFAULT);
  }

  private Hash ask(Contact by, int window, Bytes voucher)
      throws CallFailed, LaneFailed, MalformedMessage, InterruptedException {
    Signed<Reveal> reveal =
        Reveal.decode(
            tools
                .host()
                .peers()
                .call(by, Method.LANE, voucher, CallOptions.DEFAULT)
                .body()
                .toArray());
    boolean fits =
        reveal.body().window() == window
            && reveal.body().lane().equals(lane)
            && reveal.body().opens(offer.keyHashes().get(window))
            && reveal.isBy(by.id().publicKey());
    if (!fits) {
      throw new LaneFailed(Trouble.CORRUPT, "a key that does not open window " + window);
    }
    return reveal.body().key();
  }
}
