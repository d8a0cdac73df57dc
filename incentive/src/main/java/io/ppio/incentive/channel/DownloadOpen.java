package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.SignedStatement;
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
    Hash channel,
    Account user,
    PublicKey channelKey,
    Hash listRoot,
    Extent extent,
    BigInteger chiprice,
    BigInteger escrow,
    long expiresSeconds)
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
  public record Extent(long units, int segments) {
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

  @Override
  public int signatureField() {
    return 10;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, channel)
        .bytes(2, user.bytes())
        .bytes(3, channelKey.compressed())
        .hash(4, listRoot)
        .u64(5, extent.units())
        .u32(6, extent.segments())
        .amount(7, chiprice)
        .amount(8, escrow)
        .u64(9, expiresSeconds);
  }

  /// Decodes a signed request.
  public static SignedStatement<DownloadOpen> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in ->
            new DownloadOpen(
                in.hash(1),
                in.message(2, Account.SIZE, Account::decode),
                in.message(3, PublicKey.SIZE, PublicKey::decode),
                in.hash(4),
                new Extent(in.u64(5), in.u32(6)),
                in.amount(7),
                in.amount(8),
                in.u64(9)));
  }

  /// One segment of a channel.
  ///
  /// @param segment the chunk hash
  /// @param units T, its tiles
  /// @param plainRoot DT
  public record SegmentEntry(Hash segment, int units, Hash plainRoot) {
    static final int UNITS_MAX = 128;

    /// Longest encoded entry.
    public static final int ENCODED_MAX = 80;

    public SegmentEntry {
      Check.range(units, 1, UNITS_MAX, "units");
    }

    /// The entry in canonical protobuf.
    public byte[] encode() {
      return new CanonicalWriter().hash(1, segment).u32(2, units).hash(3, plainRoot).toBytes();
    }

    /// Decodes one entry.
    public static SegmentEntry decode(byte[] encoded) throws MalformedMessage {
      return CanonicalReader.whole(
          encoded, in -> new SegmentEntry(in.hash(1), in.u32(2), in.hash(3)));
    }
  }
}
