package io.ppio.incentive.market;

import java.math.BigInteger;

/// What an operation costs, in chi.
///
/// @param miner for space and traffic
/// @param service for scheduling
public record ChiFunds(BigInteger miner, BigInteger service) {
  /// Nothing.
  public static final ChiFunds NONE = new ChiFunds(BigInteger.ZERO, BigInteger.ZERO);

  /// Both together at `chiprice`, in wei.
  public BigInteger wei(BigInteger chiprice) {
    return miner.add(service).multiply(chiprice);
  }
}
