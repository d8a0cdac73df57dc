package io.ppio.incentive.market;

/// Why an object cannot be stored as asked (incentive specification 3.2).
public enum OrderFault {
  /// Below 0 or above 10 GiB.
  SIZE,
  /// Not 1 to 10.
  COPIES,
  /// Expires within a day.
  TOO_SHORT,
  /// Expires after more than 365 days.
  TOO_LONG
}
