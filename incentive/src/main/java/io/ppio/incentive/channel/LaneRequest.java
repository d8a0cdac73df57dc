package io.ppio.incentive.channel;

import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import java.util.List;

/// from the user to a miner and to its key holder: the grant for this miner, the segment list, and
/// the channel as the indexer opened it.
@Sent(from = "user", to = "miner, key holder")
public record LaneRequest(
    @Field(1) SignedStatement<LaneGrant> grant,
    @Field(value = 2, count = DownloadOpen.SEGMENTS_MAX) List<SegmentEntry> segments,
    @Field(3) SignedStatement<ChannelOpened> opened)
    implements LaneMessage {
  public LaneRequest {
    segments = List.copyOf(segments);
  }

  /// Whether its parts belong together: one channel, and the list that the user signed. The
  /// signatures are not looked at.
  public boolean fits() {
    DownloadOpen open = opened.body().open();
    return open.covers(segments)
        && grant.body().channel().equals(open.channel())
        && grant.body().cap().compareTo(open.escrow()) <= 0;
  }
}
