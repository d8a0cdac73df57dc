package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Permits;
import io.ppio.incentive.channel.ChannelOpened;
import io.ppio.incentive.channel.DownloadOpen;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.incentive.indexing.IndexAnswer.Opened;
import io.ppio.incentive.indexing.IndexRequest;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The channels of one download, the newest of them for lanes to come. Safe for concurrent use.
///
/// A channel serves the miners that held copies when it was opened. Copies move and new ones come,
/// so a download whose miners are all gone, were not known to the indexer yet, or restarted and
/// forgot the channel, goes on in another channel over the same segments.
final class Channels {
  /// Less than the longest by what clocks may differ.
  private static final Duration LIFE = DownloadOpen.LIFE_MAX.minusMinutes(10);

  private final NodeHost host;
  private final OwnerKeys owner;
  private final IndexerClient indexer;
  private final KeyHolders holders;
  private final GetJournal journal;
  private final Permits opening;
  private final List<Channel> opened = new CopyOnWriteArrayList<>();

  /// [#open] has to follow.
  Channels(
      NodeHost host,
      OwnerKeys owner,
      IndexerClient indexer,
      KeyHolders holders,
      GetJournal journal) {
    this.host = host;
    this.owner = owner;
    this.indexer = indexer;
    this.holders = holders;
    this.journal = journal;
    this.opening = new Permits(host.env().clock(), 1);
  }

  /// Opens a channel over `segments`.
  ///
  /// @param chiprice wei per chi
  /// @throws UserFailure when the indexer refuses
  void open(List<SegmentEntry> segments, BigInteger chiprice)
      throws UserFailure, InterruptedException {
    PrivateKey key = PrivateKey.generate(host.env());
    byte[] id = new byte[Hash.SIZE];
    host.env().secret(id);
    SignedStatement<DownloadOpen> request =
        Statement.sign(
            DownloadOpen.of(
                new DownloadOpen.Parties(Hash.of(id), owner.account(), key.publicKey()),
                segments,
                chiprice,
                host.env().clock().wall().plus(LIFE).getEpochSecond()),
            owner.wallet());
    Opened answer = indexer.open(new IndexRequest.Open(request, segments));
    SignedStatement<ChannelOpened> signed =
        new SignedStatement<>(new ChannelOpened(request, answer.height()), answer.signature());
    if (!host.named().isByIndexer(signed)) {
      throw new UserFailure(Code.FAIL, "channel was not opened by an indexer of this network");
    }
    opened.add(
        new Channel(
            host, holders, journal, key, new Channel.Opening(signed, segments, answer.grants())));
  }

  Channel newest() {
    return opened.getLast();
  }

  /// Opens another channel if the newest does not serve one of `miners`.
  ///
  /// @throws UserFailure when the indexer refuses
  void widen(List<PeerId> miners) throws UserFailure, InterruptedException {
    opening.acquire(1);
    try {
      Channel newest = newest();
      if (!miners.stream().allMatch(newest::grants)) {
        open(newest.segments(), newest.chiprice());
      }
    } finally {
      opening.release(1);
    }
  }

  /// No lane will be asked for any more.
  void forget(LaneOffers offers) {
    opened.forEach(channel -> offers.forget(channel.id()));
  }

  /// Sends each miner what it earned in all, channel by channel.
  void settle() throws InterruptedException {
    for (Channel channel : opened) {
      channel.settle();
    }
  }
}
