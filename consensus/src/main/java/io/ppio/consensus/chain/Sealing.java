package io.ppio.consensus.chain;

import io.ppio.env.Check;

/// How sealed replicas are proven and counted (data and proofs specification, sections 4.4 and 8).
///
/// @param fastWeight power of a replica of profile FAST, 0 or 1; 1 only where all machines belong
///   to one owner
/// @param seedDelay beacons between a contract and the seed of its replica (δ_seed), 1 to 1000
/// @param challengeDelay beacons between a seal commitment and its challenge (δ_chal), 1 to 1000
/// @param pendingSeconds within which a contract must have its first proof (T_pend), 1 to 604800
public record Sealing(int fastWeight, int seedDelay, int challengeDelay, int pendingSeconds) {
  /// The values of the specification.
  public static final Sealing STANDARD = new Sealing(0, 2, 2, 7200);

  /// The values of a network on one machine: FAST replicas carry power.
  public static final Sealing LOCAL = new Sealing(1, 2, 2, 7200);

  private static final int DELAY_MAX = 1000;
  private static final int WEEK_SECONDS = 604_800;

  public Sealing {
    Check.range(fastWeight, 0, 1, "w_seal of FAST");
    Check.range(seedDelay, 1, DELAY_MAX, "seed delay");
    Check.range(challengeDelay, 1, DELAY_MAX, "challenge delay");
    Check.range(pendingSeconds, 1, WEEK_SECONDS, "pending limit");
  }
}
