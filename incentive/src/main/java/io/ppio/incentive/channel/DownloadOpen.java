package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;
import io.ppio.incentive.market.Tariff;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/// A user's request to open a download channel (incentive specification 7.1), under the signature
/// of its account.
///
/// @param channel 32 random bytes that name the channel
/// @param channelKey signs the vouchers of this channel only
/// @param listRoot list root of the [SegmentEntry]s; the list travels beside it
/// @param extent what the list adds up to
/// @param chiprice wei per chi
/// @param escrow `(10 · units + 10 · segments) · chiprice` wei
/// @param expiresSeconds at most [#LIFE_MAX] after opening
public record DownloadOpen(
    @Field(1) Hash channel,
    @Field(2) Account user,
    @Field(3) PublicKey channelKey,
    @Field(4) Hash listRoot,
    Extent extent,
    @Field(value = 7, unit = "wei per chi") BigInteger chiprice,
    @Field(value = 8, unit = "wei") BigInteger escrow,
    @Field(value = 9, max = 1L << 40, unit = "s") long expiresSeconds)
    implements Statement {
  /// Segments in one channel at most: an object of 10 GiB in segments of 16 MiB.
  public static final int SEGMENTS_MAX = 640;

  /// How long a channel lasts at most.
  public static final Duration LIFE_MAX = Duration.ofHours(24);

  /// Longest encoded signed request.
  public static final int ENCODED_MAX = 512;

  /// How much a channel covers.
  ///
  /// @param units tiles of all segments
  /// @param segments number of segments
  public record Extent(
      @Field(value = 5, unit = "tiles") long units,
      @Field(value = 6, max = DownloadOpen.SEGMENTS_MAX) int segments) {
    public Extent {
      Check.range(segments, 1, SEGMENTS_MAX, "segments");
      Check.range(units, segments, (long) SEGMENTS_MAX * SegmentEntry.UNITS_MAX, "units");
    }

    /// What `list` adds up to.
    public static Extent of(List<SegmentEntry> list) {
      return new Extent(list.stream().mapToLong(SegmentEntry::units).sum(), list.size());
    }

    /// The escrow at `chiprice`, in wei.
    public BigInteger escrow(BigInteger chiprice) {
      return Tariff.get(units, segments).wei(chiprice);
    }
  }

  public DownloadOpen {
    Check.range(chiprice.signum(), 0, 1, "sign of chiprice");
    Check.range(escrow.signum(), 0, 1, "sign of escrow");
    Check.range(expiresSeconds, 0, 1L << 40, "expires");
  }

  /// A request for `list`, at most [#SEGMENTS_MAX] segments.
  public static DownloadOpen of(
      Parties parties, List<SegmentEntry> list, BigInteger chiprice, long expiresSeconds) {
    Extent extent = Extent.of(list);
    return new DownloadOpen(
        parties.channel(),
        parties.user(),
        parties.channelKey(),
        listRoot(list),
        extent,
        chiprice,
        extent.escrow(chiprice),
        expiresSeconds);
  }

  /// Who opens which channel.
  public record Parties(Hash channel, Account user, PublicKey channelKey) {}

  /// The list root of `list`.
  public static Hash listRoot(List<SegmentEntry> list) {
    return ListRoot.of(list.stream().map(SegmentEntry::encode).toList());
  }

  /// Whether it was made for `list` and its escrow is right.
  public boolean covers(List<SegmentEntry> list) {
    return !list.isEmpty()
        && list.size() <= SEGMENTS_MAX
        && extent.equals(Extent.of(list))
        && escrow.equals(extent.escrow(chiprice))
        && listRoot.equals(listRoot(list));
  }

  @Override
  public String statement() {
    return "DownloadOpen";
  }

  /// One segment of a channel.
  ///
  /// @param segment the chunk hash
  /// @param units T, its tiles
  /// @param plainRoot DT
  public record SegmentEntry(
      @Field(1) Hash segment,
      @Field(value = 2, max = SegmentEntry.UNITS_MAX, unit = "tiles") int units,
      @Field(3) Hash plainRoot) {
    static final int UNITS_MAX = 128;

    public SegmentEntry {
      Check.range(units, 1, UNITS_MAX, "units");
    }

    /// The entry in canonical protobuf.
    public byte[] encode() {
      return RecordCodec.of(SegmentEntry.class).encode(this).toArray();
    }
  }
}
