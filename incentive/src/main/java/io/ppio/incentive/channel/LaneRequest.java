package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.incentive.channel.DownloadOpen.SegmentEntry;
import java.util.List;

/// from the user to a miner and to its key holder: the grant for this miner, the segment list, and
/// the channel as the indexer opened it.
public record LaneRequest(
    SignedStatement<LaneGrant> grant,
    List<SegmentEntry> segments,
    SignedStatement<ChannelOpened> opened)
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

  /// In canonical protobuf: 1 grant, 2 segments, 3 opened.
  public byte[] encode() {
    return new CanonicalWriter()
        .message(1, grant.encode())
        .list(2, segments, SegmentEntry::encode)
        .message(3, opened.encode())
        .toBytes();
  }

  /// Decodes one.
  public static LaneRequest decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in ->
            new LaneRequest(
                in.message(1, LaneGrant.ENCODED_MAX, LaneGrant::decode),
                in.list(
                    2, DownloadOpen.SEGMENTS_MAX, SegmentEntry.ENCODED_MAX, SegmentEntry::decode),
                in.message(3, ChannelOpened.ENCODED_MAX, ChannelOpened::decode)));
  }
}
