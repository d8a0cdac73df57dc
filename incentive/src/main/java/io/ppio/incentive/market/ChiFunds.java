package io.ppio.incentive.market;

import java.math.BigInteger;

/// What an operation costs, in chi.
///
/// @param miner for space and traffic
/// @param service for scheduling
public record ChiFunds(BigInteger miner, BigInteger service) {
  /// Both together at `chiprice`, in wei.
  public BigInteger wei(BigInteger chiprice) {
    return miner.add(service).multiply(chiprice);
  }
}
