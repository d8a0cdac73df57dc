package io.ppio.incentive.contract;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.Account;
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
    Account miner,
    long capacityTiles,
    long availableUntilSeconds,
    Asks asks,
    int termDaysMax,
    Tier tier,
    long uploadBytesPerSecond,
    Acceptance acceptance) {
  /// Longest encoded offer.
  public static final int ENCODED_MAX = 256;

  private static final long CAPACITY_MAX = 1L << 40;

  /// Lowest prices in wei per chi.
  public record Asks(BigInteger storage, BigInteger download) {
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
  public record Acceptance(boolean automatic, boolean committed) {}

  public Offer {
    Check.range(capacityTiles, 0, CAPACITY_MAX, "capacity");
    Check.range(availableUntilSeconds, 0, Terms.SECONDS_MAX, "available_until");
    Check.range(termDaysMax, 0, 100_000, "longest term");
    Check.range(uploadBytesPerSecond, 0, Long.MAX_VALUE, "upload rate");
  }

  /// The offer in canonical protobuf.
  public byte[] encode() {
    return new CanonicalWriter()
        .bytes(1, miner.bytes())
        .u64(2, capacityTiles)
        .u64(3, availableUntilSeconds)
        .amount(4, asks.storage())
        .amount(5, asks.download())
        .u32(6, termDaysMax)
        .u32(7, tier.code())
        .u64(8, uploadBytesPerSecond)
        .bool(9, acceptance.automatic())
        .bool(10, acceptance.committed())
        .toBytes();
  }

  /// Decodes one offer.
  public static Offer decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in ->
            new Offer(
                in.message(1, Account.SIZE, Account::decode),
                in.u64(2),
                in.u64(3),
                new Asks(in.amount(4), in.amount(5)),
                in.u32(6),
                Coded.of(Tier.values(), in.u32(7)),
                in.u64(8),
                new Acceptance(in.bool(9), in.bool(10))));
  }
}
