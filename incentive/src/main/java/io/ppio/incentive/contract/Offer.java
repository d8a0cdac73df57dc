package io.ppio.incentive.contract;

import io.ppio.crypto.identity.Account;
import io.ppio.crypto.message.Field;
import io.ppio.env.Check;
import java.math.BigInteger;

/// What a miner offers (incentive specification 5.1).
///
/// @param capacityTiles tiles of 128 KiB that it puts up in all
/// @param availableUntilSeconds no contract may expire later
/// @param asks the lowest prices that it accepts
/// @param termDaysMax longest term, in days
/// @param uploadBytesPerSecond its up-link as it states it
/// @param acceptance how a match binds it
public record Offer(
    @Field(1) Account miner,
    @Field(value = 2, max = Offer.CAPACITY_MAX, unit = "tiles") long capacityTiles,
    @Field(value = 3, max = Terms.SECONDS_MAX, unit = "s") long availableUntilSeconds,
    Asks asks,
    @Field(value = 6, max = Offer.TERM_DAYS_MAX, unit = "days") int termDaysMax,
    @Field(7) Tier tier,
    @Field(value = 8, unit = "bytes/s") long uploadBytesPerSecond,
    Acceptance acceptance) {
  static final long CAPACITY_MAX = 1L << 40;
  static final int TERM_DAYS_MAX = 100_000;

  /// Lowest prices in wei per chi.
  public record Asks(
      @Field(value = 4, unit = "wei per chi") BigInteger storage,
      @Field(value = 5, unit = "wei per chi") BigInteger download) {
    public Asks {
      check(storage, "storage ask");
      check(download, "download ask");
    }

    private static void check(BigInteger price, String name) {
      Check.range(price.signum(), 0, 1, "sign of " + name);
      Check.range(price.bitLength(), 0, Terms.AMOUNT_BITS, "bits of " + name);
    }
  }

  /// How a match binds the miner.
  ///
  /// @param automatic else a match carries the miner's signature over the order hash
  /// @param committed the capacity is bonded until `available_until`
  public record Acceptance(@Field(9) boolean automatic, @Field(10) boolean committed) {}

  public Offer {
    Check.range(capacityTiles, 0, CAPACITY_MAX, "capacity");
    Check.range(availableUntilSeconds, 0, Terms.SECONDS_MAX, "available_until");
    Check.range(termDaysMax, 0, TERM_DAYS_MAX, "longest term");
    Check.range(uploadBytesPerSecond, 0, Long.MAX_VALUE, "upload rate");
  }
}
