package io.ppio.node.user.get;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.data.proof.pod.LaneCipher;
import io.ppio.data.proof.pod.LaneKeys;
import io.ppio.data.proof.pod.Windows;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Promise;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.SegmentMap;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One segment from one miner, ciphered for this channel and paid window by window (data and proofs
/// specification 5.2).
///
/// Ciphertext may come before the key holder has looked at the lane; money is promised only
/// afterwards. A key holder that stays silent is left out: the miner then shows the keys itself.
final class LaneDownload {
  /// Unsealing a cold segment takes some hundred milliseconds on a slow disk, waiting for others
  /// more.
  private static final Duration MAP_WITHIN = Duration.ofSeconds(20);

  private static final Duration HOLDER_WITHIN = Duration.ofSeconds(2);

  private final NodeHost host;
  private final LaneOffers offers;
  private final Channel channel;
  private final Contact miner;
  private final SegmentWriter writer;
  private final Hash lane;
  private final UserLog log;

  LaneDownload(
      NodeHost host, LaneOffers offers, Channel channel, Contact miner, SegmentWriter writer) {
    this.host = host;
    this.offers = offers;
    this.channel = channel;
    this.miner = miner;
    this.writer = writer;
    this.lane = LaneKeys.lane(channel.id(), miner.id().keyHash(), writer.wanted().chunkHash());
    this.log = new UserLog(host.env().log());
  }

  /// Fetches the pieces that are missing.
  ///
  /// @throws LaneFailed when the miner does not deliver; what came before is kept
  void run() throws LaneFailed, UserFailure, InterruptedException {
    Optional<PeerId> holder = channel.introduce(miner);
    LaneOffers.Expected expected =
        offers.expect(
            channel.id(),
            writer.wanted().chunkHash(),
            miner.id().publicKey(),
            holder.map(PeerId::publicKey));
    try {
      Clock clock = host.env().clock();
      List<Hash> leaves = map();
      Deadline patience = clock.in(HOLDER_WITHIN);
      LaneOffer offer =
          await(expected.byMiner(), patience)
              .orElseThrow(() -> new LaneFailed(Trouble.NO_ANSWER, "no offer for the lane"));
      check(offer, leaves);
      fetch(offer, leaves, new Holding(expected, holder, patience));
    } catch (CallFailed e) {
      if (e.status() == Status.PAYMENT_REQUIRED) {
        channel.lost(miner.id());
      }
      throw new LaneFailed(e);
    } catch (MalformedMessage e) {
      throw new LaneFailed(Trouble.CORRUPT, String.valueOf(e.getMessage()));
    }
  }

  /// Who may hold the keys, and how long we wait for its word.
  private record Holding(
      LaneOffers.Expected expected, Optional<PeerId> holder, Deadline patience) {}

  /// Opens the lane.
  ///
  /// @return the tile roots of the ciphered segment
  private List<Hash> map() throws CallFailed, MalformedMessage, LaneFailed, InterruptedException {
    SegmentMap request =
        new SegmentMap(writer.wanted().chunkHash(), ReadMode.POD, lane.bytes(), true);
    SegmentMap.Answer map =
        TransferCodec.decode(
            SegmentMap.Answer.class,
            host.peers()
                .call(
                    miner,
                    Method.SEGMENT_MAP,
                    request.encode(),
                    CallOptions.DEFAULT.within(MAP_WITHIN))
                .body());
    List<Hash> leaves = new ArrayList<>();
    for (int at = 0; at < map.leaves().size(); at += Hash.SIZE) {
      leaves.add(new Hash(map.leaves().slice(at, at + Hash.SIZE)));
    }
    boolean fits =
        map.size() == writer.wanted().size()
            && leaves.size() == writer.pieces()
            && map.cipherRef().equals(lane.bytes())
            && new SegmentTree(leaves).root().equals(map.root());
    if (!fits) {
      throw new LaneFailed(Trouble.CORRUPT, "the map of the segment contradicts itself");
    }
    return leaves;
  }

  private void check(LaneOffer offer, List<Hash> leaves) throws LaneFailed {
    boolean fits =
        offer.terms().body().cipheredRoot().equals(new SegmentTree(leaves).root())
            && offer.listsKeysOf(writer.pieces());
    if (!fits) {
      throw new LaneFailed(Trouble.CORRUPT, "the offer is for other bytes or keys");
    }
  }

  private void fetch(LaneOffer offer, List<Hash> leaves, Holding holding)
      throws CallFailed, LaneFailed, UserFailure, MalformedMessage, InterruptedException {
    Windows windows = new Windows(writer.pieces(), offer.terms().body().windowPieces());
    WindowFetcher fetcher =
        new WindowFetcher(host, miner, lane, writer.wanted().chunkHash(), leaves);
    try (WindowFetcher.Feed feed = fetcher.feed(windows, writer.next())) {
      List<byte[]> pieces = feed.next();
      Payment payment = payment(offer, holding);
      take(windows, payment, pieces);
      while (writer.next() < writer.pieces()) {
        take(windows, payment, feed.next());
      }
    }
  }

  /// Pays for the next window, opens it and takes what is in it.
  private void take(Windows windows, Payment payment, List<byte[]> pieces)
      throws LaneFailed, UserFailure, InterruptedException {
    int window = windows.of(writer.next());
    int skipped = writer.next() - windows.first(window);
    payment.buy(window, skipped, pieces.size(), key -> written(key, pieces));
  }

  /// @return whether all pieces open to what was stored
  private boolean written(Hash key, List<byte[]> pieces) throws UserFailure {
    LaneCipher cipher = new LaneCipher();
    for (byte[] piece : pieces) {
      cipher.piece(key, writer.next(), piece, piece);
      if (!writer.take(piece)) {
        return false;
      }
    }
    return true;
  }

  /// Waits for the key holder's word about the lane, or does without it.
  private Payment payment(LaneOffer offer, Holding holding) throws InterruptedException {
    Optional<PeerId> holder = holding.holder();
    if (holder.isPresent()) {
      Optional<LaneOffer> confirmed = await(holding.expected().byHolder(), holding.patience());
      if (confirmed.filter(each -> each.terms().body().equals(offer.terms().body())).isEmpty()) {
        log.laneDirect(miner.id(), "the key holder did not confirm the lane");
        holder = Optional.empty();
      }
    }
    return channel.payment(
        new Voucher.LaneName(host.chainId(), channel.id(), lane),
        offer,
        writer.pieces(),
        new Payment.Parties(miner, holder));
  }

  private static Optional<LaneOffer> await(Promise<LaneOffer> promise, Deadline deadline)
      throws InterruptedException {
    try {
      return promise.await(deadline);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("nobody fails an offer", e);
    }
  }
}
