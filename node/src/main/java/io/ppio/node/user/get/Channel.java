package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Promise;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Receipt;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.UserLog;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An open download channel of this account. Safe for concurrent use.
///
/// A miner keeps channels in memory only, so each is introduced once and lost when the miner
/// restarts.
final class Channel {
  private final NodeHost host;
  private final KeyHolders holders;
  private final GetJournal journal;
  private final PrivateKey key;
  private final Opening opening;
  private final DownloadOpen open;
  private final UserLog log;
  private final Map<Account, SignedStatement<LaneGrant>> grants = new ConcurrentHashMap<>();
  private final Map<PeerId, Promise<Optional<PeerId>>> introduced = new ConcurrentHashMap<>();
  private final Map<Hash, Payment> payments = new ConcurrentHashMap<>();

  /// What an indexer answered.
  record Opening(
      SignedStatement<ChannelOpened> opened,
      List<DownloadOpen.SegmentEntry> segments,
      List<SignedStatement<LaneGrant>> grants) {}

  /// @param key signs the vouchers
  Channel(NodeHost host, KeyHolders holders, GetJournal journal, PrivateKey key, Opening opening) {
    this.host = host;
    this.holders = holders;
    this.journal = journal;
    this.key = key;
    this.opening = opening;
    this.open = opening.opened().body().open();
    this.log = new UserLog(host.env().log());
    opening.grants().forEach(grant -> grants.put(grant.body().miner(), grant));
  }

  Hash id() {
    return open.channel();
  }

  BigInteger chiprice() {
    return open.chiprice();
  }

  List<DownloadOpen.SegmentEntry> segments() {
    return opening.segments();
  }

  /// Whether `miner` may serve in it, and still knows it.
  boolean grants(PeerId miner) {
    return grants.containsKey(miner.account());
  }

  /// The miner takes no lane of this channel any more: it restarted and has forgotten it, or what
  /// was promised for it is used up.
  void lost(PeerId miner) {
    grants.remove(miner.account());
  }

  /// Makes the channel known to a miner and to the key holder for it, once.
  ///
  /// @return the key holder; empty where there is none or it does not answer
  Optional<PeerId> introduce(Contact miner) throws LaneFailed, InterruptedException {
    Promise<Optional<PeerId>> fresh = new Promise<>(host.env().clock());
    Promise<Optional<PeerId>> known = introduced.putIfAbsent(miner.id(), fresh);
    if (known != null) {
      return await(known);
    }
    try {
      Optional<PeerId> holder = introduceNow(miner);
      fresh.complete(holder);
      return holder;
    } catch (LaneFailed | InterruptedException | RuntimeException e) {
      introduced.remove(miner.id(), fresh);
      fresh.fail(
          e instanceof LaneFailed ? e : new LaneFailed(Trouble.NO_ANSWER, "introduction given up"));
      throw e;
    }
  }

  private static Optional<PeerId> await(Promise<Optional<PeerId>> introduction)
      throws LaneFailed, InterruptedException {
    try {
      return introduction.await();
    } catch (LaneFailed | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("an introduction failed oddly", e);
    }
  }

  private Optional<PeerId> introduceNow(Contact miner) throws LaneFailed, InterruptedException {
    SignedStatement<LaneGrant> grant =
        Optional.ofNullable(grants.get(miner.id().account()))
            .orElseThrow(() -> new LaneFailed(Trouble.NO_ANSWER, "no grant for this miner"));
    Bytes request = LaneCodec.encode(new LaneRequest(grant, segments(), opening.opened()));
    Optional<PeerId> holder = holders.draw(id(), miner.id(), opening.opened().body().height());
    if (holder.isPresent()) {
      try {
        call(host.directory().contact(holder.get()), request);
      } catch (CallFailed e) {
        log.laneDirect(miner.id(), String.valueOf(e.getMessage()));
        holder = Optional.empty();
      }
    }
    try {
      call(miner, request);
    } catch (CallFailed e) {
      throw new LaneFailed(e);
    }
    return holder;
  }

  private void call(Contact to, Bytes request) throws CallFailed, InterruptedException {
    host.peers().call(to, Method.LANE, request, CallOptions.DEFAULT);
  }

  /// Signs with the key of this channel.
  <T extends Statement> SignedStatement<T> sign(T statement) {
    return Statement.sign(statement, key);
  }

  /// The payment for a lane: one over all attempts with it, so that no voucher is given twice.
  ///
  /// @param lane its name, and how many pieces the segment has
  /// @param parties who shows the keys; heeded by the first attempt
  Payment payment(Voucher.LaneName lane, LaneOffer offer, int pieces, Payment.Parties parties) {
    return payments.computeIfAbsent(
        lane.lane(),
        _ -> new Payment(host, this, journal, agreement(lane, offer, pieces, parties), parties));
  }

  private LaneAgreement agreement(
      Voucher.LaneName lane, LaneOffer offer, int pieces, Payment.Parties parties) {
    BigInteger cap =
        Optional.ofNullable(grants.get(parties.miner().id().account()))
            .map(grant -> grant.body().cap())
            .orElse(BigInteger.ZERO);
    return new LaneAgreement(
        lane,
        offer.terms().body(),
        offer.keyHashes(),
        new LaneAgreement.Money(
            key.publicKey(), chiprice(), cap, Instant.ofEpochSecond(open.expiresSeconds())),
        pieces);
  }

  /// Sends each miner what it earned in all.
  void settle() throws InterruptedException {
    Map<PeerId, BigInteger> earned = new HashMap<>();
    for (Payment payment : payments.values()) {
      earned.merge(payment.miner(), payment.settled(), BigInteger::add);
    }
    for (Map.Entry<PeerId, BigInteger> each : earned.entrySet()) {
      PeerId miner = each.getKey();
      SignedStatement<Receipt> receipt =
          sign(new Receipt(host.chainId(), id(), miner.account(), each.getValue()));
      try {
        host.peers()
            .oneway(
                host.directory().contact(miner),
                Method.LANE,
                LaneCodec.encode(new LaneMessage.Settle(receipt)),
                CallOptions.DEFAULT);
      } catch (CallFailed e) {
        log.receiptLost(miner, String.valueOf(e.getMessage()));
      }
    }
  }
}
