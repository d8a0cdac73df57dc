package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.node.user.account.AccountTools;
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
  private static final Duration RETRY_FIRST = Duration.ofMillis(100);
  private static final Duration RETRY_MAX = Duration.ofSeconds(2);

  private final GetTools download;
  private final AccountTools tools;
  private final CopySelector sources;
  private final TransferMeter meter;
  private final Bytes objectId;

  SegmentGet(GetTools download, CopySelector sources, Bytes objectId) {
    this.download = download;
    this.tools = download.account();
    this.sources = sources;
    this.meter = download.meter();
    this.objectId = objectId;
  }

  /// Fetches a segment.
  ///
  /// @param fresh makes the state of the segment without any piece
  /// @throws UserFailure when nothing moved for too long
  void run(Channels channels, Supplier<SegmentState> fresh)
      throws UserFailure, InterruptedException {
    SegmentState state = fresh.get();
    Duration wait = RETRY_FIRST;
    while (true) {
      Channel channel = channels.newest();
      Optional<Source> source = sources.take(state.segment(), channel::grants);
      if (source.isEmpty()) {
        pause(state, wait);
        channels.widen(sources.miners(state.segment()));
        wait = wait.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : wait.multipliedBy(2);
        continue;
      }
      try {
        if (attempt(channel, source.get(), state)) {
          return;
        }
      } finally {
        sources.release(source.get());
      }
      if (state.next() == state.pieces()) {
        // It is wrong somewhere, and without the tile roots nobody knows where.
        state = fresh.get();
        meter.again(state.segment());
      }
    }
  }

  /// @return whether the segment is whole and right
  private boolean attempt(Channel channel, Source source, SegmentState state)
      throws UserFailure, InterruptedException {
    int segment = state.segment();
    try {
      new LaneDownload(download, channel, source.miner(), state).run();
      if (!state.complete()) {
        throw new LaneFailed(Trouble.CORRUPT, "the segment is not the one that was stored");
      }
      tools.log().segmentFetched(objectId, segment, source.miner().id());
      return true;
    } catch (LaneFailed e) {
      failed(segment, source, e);
      return false;
    }
  }

  /// Waits a little, then asks anew where the segment is; miners that failed get another chance.
  private void pause(SegmentState state, Duration wait) throws UserFailure, InterruptedException {
    if (meter.idle().compareTo(tools.patience()) > 0) {
      throw new UserFailure(Code.TIMEOUT, "timeout: no miner serves segment " + state.segment());
    }
    tools.host().env().clock().sleep(wait);
    sources.forgive();
    Hash chunk = state.wanted().chunkHash();
    sources.locate(Map.of(state.segment(), chunk));
  }

  private void failed(int segment, Source source, LaneFailed failure)
      throws UserFailure, InterruptedException {
    String reason = String.valueOf(failure.getMessage());
    tools.log().laneFailed(source.contract(), source.miner().id(), segment, reason);
    if (!failure.blame()) {
      sources.absent(segment, source.miner().id());
      return;
    }
    sources.drop(source.miner().id());
    String note = failure.trouble() == Trouble.CORRUPT ? "corrupt copy reported" : "no answer";
    tools.index().note(objectId, segment, source.contract(), note);
    tools.indexer().report(source.contract(), failure.trouble());
  }
}
