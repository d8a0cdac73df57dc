package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.segment.Roots;
import io.ppio.env.Check;

/// What a sealed copy of a segment is, wherever it lies.
///
/// @param rid its identity (data and proofs specification 4.1)
/// @param contract the contract under which it is kept
/// @param chunk the chunk hash clients know the segment by
/// @param roots what its bytes hash to
/// @param profile seal profile, 0 to 15
public record Replica(Hash rid, Hash contract, Hash chunk, Roots roots, int profile) {
  static final int PROFILE_MAX = 15;

  public Replica {
    Check.range(profile, 0, PROFILE_MAX, "profile");
  }
}
