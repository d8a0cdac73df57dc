package io.ppio.env.simulated;

/// Why a run of a world stopped.
public enum RunEnd {
  /// What was waited for has come.
  DONE,
  /// Nothing is left to happen: every task has ended or waits for ever.
  IDLE,
  /// The time given is over.
  TIME_LIMIT,
  /// The world failed: see [SimWorld#failure].
  FAILURE
}
