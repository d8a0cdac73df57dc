package io.ppio.data.proof.pod;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.data.proof.challenge.Challenge;
import io.ppio.data.proof.challenge.ProofType;
import java.util.List;

/// A key holder asks a miner to show that R' is the cipher of the contracted D (data and proofs
/// specification 5.2, step 5).
///
/// @param height h, the newest final beacon
/// @param nonce r_V, 32 random bytes drawn after the deposit arrived
public record SpotCheck(@Field(1) Hash lane, @Field(2) long height, @Field(3) Hash nonce) {
  /// k_spot: blocks that are asked for. Few, because the reader checks everything anyway.
  public static final int POSITIONS = 2;

  /// The blocks asked for, of a segment of `tiles`.
  ///
  /// @param beacon B(h)
  public List<Long> positions(Hash beacon, int tiles) {
    return Challenge.of(beacon, new Challenge.Subject(lane, 0, ProofType.POD), nonce)
        .positions(POSITIONS, (long) tiles * io.ppio.crypto.merkle.Tile.BLOCKS);
  }
}
