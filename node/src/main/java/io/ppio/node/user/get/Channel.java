package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Promise;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.channel.LaneAgreement;
import io.ppio.incentive.channel.LaneCodec;
import io.ppio.incentive.channel.LaneGrant;
import io.ppio.incentive.channel.LaneMessage;
import io.ppio.incentive.channel.LaneOffer;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.incentive.channel.Receipt;
import io.ppio.incentive.channel.Voucher;
import io.ppio.incentive.indexing.IndexAnswer.Opened;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.network.peer.Contact;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// An open download channel of this account. Safe for concurrent use.
///
/// A miner keeps channels in memory only, so each is introduced once and lost when the miner
/// restarts.
final class Channel {
  /// Less than the longest by what clocks may differ.
  private static final Duration LIFE = DownloadOpen.LIFE_MAX.minusMinutes(10);

  private final AccountTools tools;
  private final KeyHolders holders;
  private final PrivateKey key;
  private final List<SegmentEntry> segments;
  private final SignedStatement<ChannelOpened> opened;
  private final Map<Account, SignedStatement<LaneGrant>> grants = new ConcurrentHashMap<>();
  private final Map<PeerId, Promise<Optional<PeerId>>> introduced = new ConcurrentHashMap<>();
  private final Map<Hash, Payment> payments = new ConcurrentHashMap<>();

  private Channel(
      AccountTools tools,
      KeyHolders holders,
      PrivateKey key,
      List<SegmentEntry> segments,
      SignedStatement<ChannelOpened> opened) {
    this.tools = tools;
    this.holders = holders;
    this.key = key;
    this.segments = segments;
    this.opened = opened;
  }

  /// Opens a channel over `segments`.
  ///
  /// @throws UserFailure when the indexer refuses
  static Channel open(
      AccountTools tools, KeyHolders holders, List<SegmentEntry> segments, BigInteger chiprice)
      throws UserFailure, InterruptedException {
    PrivateKey key = PrivateKey.generate(tools.host().env());
    byte[] id = new byte[Hash.SIZE];
    tools.host().env().secret(id);
    SignedStatement<DownloadOpen> request =
        Statement.sign(
            DownloadOpen.of(
                new DownloadOpen.Parties(Hash.of(id), tools.owner().account(), key.publicKey()),
                segments,
                chiprice,
                tools.host().env().clock().wall().plus(LIFE).getEpochSecond()),
            tools.owner().wallet());
    Opened answer =
        tools.indexer().open(new IndexRequest.Open(request, segments), tools.patience());
    SignedStatement<ChannelOpened> opened =
        new SignedStatement<>(new ChannelOpened(request, answer.height()), answer.signature());
    if (!tools.host().named().isByIndexer(opened)) {
      throw new UserFailure(Code.FAIL, "channel was not opened by an indexer of this network");
    }
    Channel channel = new Channel(tools, holders, key, segments, opened);
    answer.grants().forEach(grant -> channel.grants.put(grant.body().miner(), grant));
    return channel;
  }

  Hash id() {
    return opened.body().open().channel();
  }

  BigInteger chiprice() {
    return opened.body().open().chiprice();
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
    Clock clock = tools.host().env().clock();
    Promise<Optional<PeerId>> fresh = new Promise<>(clock);
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
    Bytes request = LaneCodec.encode(new LaneRequest(grant, segments, opened));
    Optional<PeerId> holder = holders.draw(id(), miner.id(), opened.body().height());
    if (holder.isPresent()) {
      try {
        call(tools.host().directory().contact(holder.get()), request);
      } catch (CallFailed e) {
        tools.log().laneDirect(miner.id(), String.valueOf(e.getMessage()));
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
    tools.host().peers().call(to, Method.LANE, request, CallOptions.DEFAULT);
  }

  /// Signs with the key of this channel.
  <T extends Statement> SignedStatement<T> sign(T statement) {
    return Statement.sign(statement, key);
  }

  /// When it ends, in seconds since 1970; until then vouchers lock what they promise.
  long expiresSeconds() {
    return opened.body().open().expiresSeconds();
  }

  /// What is agreed with a miner about a lane of this channel.
  ///
  /// @param pieces of the segment
  LaneAgreement agreement(PeerId miner, Hash lane, LaneOffer offer, int pieces) {
    BigInteger cap =
        Optional.ofNullable(grants.get(miner.account()))
            .map(grant -> grant.body().cap())
            .orElse(BigInteger.ZERO);
    return new LaneAgreement(
        new Voucher.LaneName(tools.host().chainId(), id(), lane),
        offer.terms().body(),
        offer.keyHashes(),
        new LaneAgreement.Money(
            key.publicKey(), chiprice(), cap, Instant.ofEpochSecond(expiresSeconds())),
        pieces);
  }

  /// The payment for a lane: one over all attempts with it, so that no voucher is given twice.
  Payment payment(Hash lane, Supplier<Payment> fresh) {
    return payments.computeIfAbsent(lane, _ -> fresh.get());
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
          sign(new Receipt(tools.host().chainId(), id(), miner.account(), each.getValue()));
      try {
        tools
            .host()
            .peers()
            .oneway(
                tools.host().directory().contact(miner),
                Method.LANE,
                LaneCodec.encode(new LaneMessage.Settle(receipt)),
                CallOptions.DEFAULT);
      } catch (CallFailed e) {
        tools.log().receiptLost(miner, String.valueOf(e.getMessage()));
      }
    }
  }
}
