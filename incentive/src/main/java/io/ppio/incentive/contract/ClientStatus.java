package io.ppio.incentive.contract;

/// A contract's `Status` as clients see it; the names are what is printed (interface specification
/// 3.3).
public enum ClientStatus {
  /// Matched, data not yet proven.
  SC_PENDING,
  /// Proven.
  SC_AVAILABLE,
  /// The miner is offline or its proof failed; a replacement is being arranged.
  SC_UNAVAILABLE,
  /// Expired, settlement outstanding.
  SC_PENDING_END,
  /// Over.
  SC_END
}
