package io.ppio.node.user.get;

import io.ppio.env.Backoff;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.get.CopySelector.Source;
import io.ppio.node.user.task.TransferMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Fetches segments, each from one miner after the other until it is whole. Safe for concurrent
/// use.
final class SegmentGet {
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  private final NodeHost host;
  private final LaneOffers offers;
  private final CopySelector sources;
  private final TransferMeter meter;

  SegmentGet(NodeHost host, LaneOffers offers, CopySelector sources, TransferMeter meter) {
    this.host = host;
    this.offers = offers;
    this.sources = sources;
    this.meter = meter;
  }

  /// Fetches a segment.
  ///
  /// @param fresh begins to write the segment
  /// @throws UserFailure when nothing moved for too long
  void run(Channels channels, Supplier<SegmentWriter> fresh)
      throws UserFailure, InterruptedException {
    SegmentWriter writer = fresh.get();
    Backoff retry = RETRY;
    while (true) {
      Channel channel = channels.newest();
      Optional<Source> source = sources.take(writer.segment(), channel::grants);
      if (source.isEmpty()) {
        pause(writer, retry);
        channels.widen(sources.miners(writer.segment()));
        retry = retry.next();
        continue;
      }
      try {
        if (attempt(channel, source.get(), writer)) {
          return;
        }
      } finally {
        sources.release(source.get());
      }
      if (writer.next() == writer.pieces()) {
        // It is wrong somewhere, and without the tile roots nobody knows where.
        writer = fresh.get();
        meter.again(writer.segment());
      }
    }
  }

  /// @return whether the segment is whole and right
  private boolean attempt(Channel channel, Source source, SegmentWriter writer)
      throws UserFailure, InterruptedException {
    try {
      new LaneDownload(host, offers, channel, source.miner(), writer).run();
      if (!writer.complete()) {
        throw new LaneFailed(Trouble.CORRUPT, "the segment is not the one that was stored");
      }
      sources.served(source);
      return true;
    } catch (LaneFailed e) {
      sources.failed(source, e);
      return false;
    }
  }

  /// Waits a little, then asks anew where the segment is; miners that failed get another chance.
  private void pause(SegmentWriter writer, Backoff retry) throws UserFailure, InterruptedException {
    if (meter.stands()) {
      throw new UserFailure(Code.TIMEOUT, "timeout: no miner serves segment " + writer.segment());
    }
    host.env().clock().sleep(retry.pause());
    sources.forgive();
    sources.locate(Map.of(writer.segment(), writer.wanted().chunkHash()));
  }
}
