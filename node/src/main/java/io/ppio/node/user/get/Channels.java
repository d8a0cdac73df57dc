package io.ppio.node.user.get;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Permits;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import io.ppio.node.user.account.AccountTools;
import io.ppio.node.user.api.UserFailure;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The channels of one download, the newest of them for lanes to come. Safe for concurrent use.
///
/// A channel serves the miners that held copies when it was opened. Copies move and new ones come,
/// so a download whose miners are all gone, were not known to the indexer yet, or restarted and
/// forgot the channel, goes on in another channel over the same segments.
final class Channels {
  private final AccountTools tools;
  private final KeyHolders holders;
  private final List<SegmentEntry> segments;
  private final BigInteger chiprice;
  private final Permits opening;
  private final List<Channel> opened = new CopyOnWriteArrayList<>();

  private Channels(
      AccountTools tools, KeyHolders holders, List<SegmentEntry> segments, BigInteger chiprice) {
    this.tools = tools;
    this.holders = holders;
    this.segments = List.copyOf(segments);
    this.chiprice = chiprice;
    this.opening = new Permits(tools.host().env().clock(), 1);
  }

  /// Opens the first channel over `segments`.
  ///
  /// @throws UserFailure when the indexer refuses
  static Channels open(
      AccountTools tools, KeyHolders holders, List<SegmentEntry> segments, BigInteger chiprice)
      throws UserFailure, InterruptedException {
    Channels channels = new Channels(tools, holders, segments, chiprice);
    channels.add();
    return channels;
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
        add();
      }
    } finally {
      opening.release(1);
    }
  }

  private void add() throws UserFailure, InterruptedException {
    opened.add(Channel.open(tools, holders, segments, chiprice));
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
