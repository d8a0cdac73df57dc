package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;

/// What a LaneOffer commits to: the ciphered form of one segment and the keys of its windows. The
/// miner signs it, and so does the key holder that checked it.
///
/// @param segment the chunk hash
/// @param cipheredRoot R'T
/// @param windowPieces w, 1 to [#WINDOW_MAX]
/// @param keyRoot list root over `H(K_j)`
public record LaneTerms(
    @Field(1) Hash channel,
    @Field(2) Hash segment,
    @Field(3) Hash cipheredRoot,
    @Field(value = 4, max = LaneTerms.WINDOW_MAX, unit = "pieces") int windowPieces,
    @Field(5) Hash keyRoot)
    implements Statement {
  /// Pieces in a window at most.
  public static final int WINDOW_MAX = 64;

  public LaneTerms {
    Check.range(windowPieces, 1, WINDOW_MAX, "window");
  }

  @Override
  public String statement() {
    return "LaneOffer";
  }
}
