package io.ppio.incentive.market;

import io.ppio.env.Check;
import java.math.BigInteger;

/// What things cost. Chi is the unit of work: storing 128 KiB for an hour in one copy is 1, moving
/// 128 KiB or scheduling one segment is 10. Amounts of any size are exact.
///
/// @param segmentBytes bytes at which objects are cut, a multiple of 128 KiB
/// @param hourSeconds length of a billing hour; all hours and days here scale with it
public record Tariff(long segmentBytes, long hourSeconds) {
  /// Bytes of the unit that is metered: a tile, a piece.
  public static final long UNIT_BYTES = 128 << 10;

  /// Longest object that a network accepts: 10 GiB.
  public static final long OBJECT_MAX_BYTES = 10L << 30;

  /// Below it miners may refuse, in wei per chi.
  public static final BigInteger CHIPRICE_RECOMMENDED = BigInteger.valueOf(100);

  private static final long HOURS_MIN = 24;
  private static final BigInteger CHI_PER_UNIT_MOVED = BigInteger.TEN;
  private static final BigInteger CHI_PER_SEGMENT = BigInteger.TEN;

  public Tariff {
    Check.range(segmentBytes, UNIT_BYTES, 16 << 20, "segment size");
    Check.range(segmentBytes % UNIT_BYTES, 0, 0, "segment size beyond whole units");
    Check.range(hourSeconds, 1, 3_600, "billing hour");
  }

  /// Units of 128 KiB that `bytes` take.
  public long units(long bytes) {
    return Math.ceilDiv(bytes, UNIT_BYTES);
  }

  /// Segments that an object of `bytes` is cut into.
  public long segments(long bytes) {
    return Math.ceilDiv(bytes, segmentBytes);
  }

  /// Hours that are charged for `term`: begun ones, 24 at least.
  public long hours(Term term) {
    long seconds = Math.subtractExact(term.expireSeconds(), term.beginSeconds());
    return Math.max(HOURS_MIN, Math.ceilDiv(seconds, hourSeconds));
  }

  /// What storing an object costs; nothing for an empty one.
  public ChiFunds put(long bytes, int copies, Term term) {
    BigInteger times = BigInteger.valueOf(copies);
    return new ChiFunds(
        big(units(bytes)).multiply(big(hours(term))).multiply(times),
        big(segments(bytes)).multiply(CHI_PER_SEGMENT).multiply(times));
  }

  /// What downloading `units` tiles of `segments` segments costs.
  public static ChiFunds get(long units, long segments) {
    return new ChiFunds(
        big(units).multiply(CHI_PER_UNIT_MOVED), big(segments).multiply(CHI_PER_SEGMENT));
  }

  /// What `pieces` of a download cost at `chiprice`, in wei: what a voucher locks for them.
  public static BigInteger pieces(long pieces, BigInteger chiprice) {
    return big(pieces).multiply(CHI_PER_UNIT_MOVED).multiply(chiprice);
  }

  /// A contract's `Funds`, in wei: one copy of one segment for its whole term.
  public BigInteger contractFunds(long segmentSizeBytes, Term term, BigInteger chiprice) {
    return put(segmentSizeBytes, 1, term).miner().multiply(chiprice);
  }

  /// What terminating one contract gives back, in chi: the hours not yet begun, and what the miner
  /// failed to earn before.
  ///
  /// @param nowSeconds not before the term begins
  /// @param unearned chi of earlier hours that were not proven
  public BigInteger refund(long segmentSizeBytes, Term term, long nowSeconds, BigInteger unearned) {
    long used = Math.floorDiv(nowSeconds - term.beginSeconds(), hourSeconds);
    long left = Math.max(0, hours(term) - Math.max(0, used));
    return big(units(segmentSizeBytes)).multiply(big(left)).add(unearned);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }
}
