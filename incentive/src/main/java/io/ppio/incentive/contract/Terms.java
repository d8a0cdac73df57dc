package io.ppio.incentive.contract;

import io.ppio.crypto.message.Field;
import io.ppio.env.Check;
import java.math.BigInteger;

/// What a user asks for and pays.
///
/// Times are whole seconds since 1970. How far `expire` may lie from now is a rule of whoever
/// accepts the order, not of its form.
///
/// @param copies 1 to [#COPIES_MAX]
/// @param beginSeconds creation second of the object, or of the term after a renewal
/// @param expireSeconds after `beginSeconds`
/// @param chiprice wei per chi
/// @param validUntilSeconds after which no indexer may match the order
public record Terms(
    @Field(value = 8, max = Terms.COPIES_MAX, absent = "refused") int copies,
    @Field(value = 9, max = Terms.SECONDS_MAX, unit = "s") long beginSeconds,
    @Field(value = 10, max = Terms.SECONDS_MAX, unit = "s", absent = "refused") long expireSeconds,
    @Field(value = 11, unit = "wei per chi") BigInteger chiprice,
    @Field(12) PlacementWish placement,
    @Field(value = 13, max = Terms.SECONDS_MAX, unit = "s") long validUntilSeconds) {
  /// Copies of a segment that a ledger accepts at most.
  public static final int COPIES_MAX = 10;

  /// Copies that a finished put promises at most; the network makes the others (data and proofs
  /// specification 1.7).
  private static final int PROMISED_MAX = 2;

  /// Bits of the largest amount that canonical protobuf carries.
  static final int AMOUNT_BITS = 127;

  /// Latest second that any message may name, far enough from overflow to calculate with.
  static final long SECONDS_MAX = 1L << 40;

  public Terms {
    Check.range(copies, 1, COPIES_MAX, "copies");
    Check.range(beginSeconds, 0, SECONDS_MAX, "begin");
    Check.range(expireSeconds, beginSeconds + 1, SECONDS_MAX, "expire");
    Check.range(chiprice.signum(), 0, 1, "sign of chiprice");
    Check.range(chiprice.bitLength(), 0, AMOUNT_BITS, "bits of chiprice");
    Check.range(validUntilSeconds, 0, SECONDS_MAX, "valid_until");
  }

  /// How many of `copies` the user sends itself, waits for, and may count on from then on.
  public static int promised(int copies) {
    return Math.min(copies, PROMISED_MAX);
  }

  /// How many of the copies the user sends itself, waits for, and may count on from then on.
  public int promised() {
    return promised(copies);
  }
}
