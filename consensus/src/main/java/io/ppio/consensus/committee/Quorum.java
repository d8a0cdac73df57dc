package io.ppio.consensus.committee;

/// How many members of a committee must agree: 2 of 3 (data and proofs specification 5.0).
public final class Quorum {
  private Quorum() {}

  /// `⌈2 · members / 3⌉`: 2 of 3, and what networks with fewer verifiers use.
  public static int of(int members) {
    return (2 * members + 2) / 3;
  }
}
