package io.ppio.node.user;

import io.ppio.incentive.contract.Terms;
import io.ppio.incentive.market.Tariff;
import io.ppio.node.user.api.UserFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What an upload may ask for (interface specification 1.5, object rules). Pure.
///
/// @param defaultCopies where none are asked for
/// @param minCopies fewest that are accepted
record PutRules(int defaultCopies, int minCopies) {
  private static final Duration EXPIRES_MIN = Duration.ofDays(1);
  private static final Duration EXPIRES_MAX = Duration.ofDays(365);
  private static final Duration CLAMPED_BELOW = Duration.ofMinutes(10);
  private static final Duration CLAMPED_ABOVE = Duration.ofDays(1);

  /// Bits of the largest price that an order can carry.
  private static final int PRICE_BITS_MAX = 127;

  /// Refuses sizes that no object may have.
  void checkSize(long bytes) throws UserFailure {
    if (bytes == 0) {
      throw UserFailure.illegalOption("body", "empty file");
    }
    if (bytes > Tariff.OBJECT_MAX_BYTES) {
      throw UserFailure.illegalOption(
          "body", bytes + " bytes are more than " + Tariff.OBJECT_MAX_BYTES);
    }
  }

  /// The number of copies.
  int copies(Optional<Integer> asked) throws UserFailure {
    int copies = asked.orElse(defaultCopies);
    if (copies < minCopies || copies > Terms.COPIES_MAX) {
      throw UserFailure.illegalOption(
          "copies", minCopies + " to " + Terms.COPIES_MAX + ", not " + copies);
    }
    return copies;
  }

  /// Refuses to store anything unencrypted.
  void checkEncrypt(boolean encrypt) throws UserFailure {
    if (!encrypt) {
      throw UserFailure.illegalOption("encrypt", "must be true");
    }
  }

  /// When the object expires: what was asked for, or the bound next to it where it is just beyond.
  Instant expires(Optional<Instant> asked, Instant now) throws UserFailure {
    Instant wanted = asked.orElseThrow(() -> UserFailure.illegalOption("expires", "required"));
    Instant least = now.plus(EXPIRES_MIN);
    Instant most = now.plus(EXPIRES_MAX);
    if (wanted.isBefore(least.minus(CLAMPED_BELOW)) || wanted.isAfter(most.plus(CLAMPED_ABOVE))) {
      throw UserFailure.illegalOption("expires", "1 to 365 days ahead");
    }
    if (wanted.isBefore(least)) {
      return least;
    }
    return wanted.isAfter(most) ? most : wanted;
  }

  /// The price in wei per chi.
  static BigInteger chiprice(Optional<BigInteger> asked) throws UserFailure {
    BigInteger price = asked.orElse(Tariff.CHIPRICE_RECOMMENDED);
    if (price.signum() <= 0 || price.bitLength() > PRICE_BITS_MAX) {
      throw UserFailure.illegalOption("chiprice", "must be positive and below 2^127");
    }
    return price;
  }
}
