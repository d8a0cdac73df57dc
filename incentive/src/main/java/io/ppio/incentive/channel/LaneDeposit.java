package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Check;
import io.ppio.incentive.contract.Match;

/// from a miner to the key holder: everything of a lane, its secret included (data and proofs
/// specification 5.2, step 3). Its link is the only thing that keeps the secret.
///
/// @param channel as in the terms, like the next ones
/// @param plainRoot DT as the miner has it
/// @param secret lane_secret, from which all window keys follow
/// @param miner the miner's signature over [#terms]
/// @param match the contract under which the miner holds the copy
@Sent(from = "miner", to = "key holder")
public record LaneDeposit(
    @Field(1) Hash channel,
    @Field(2) Hash segment,
    @Field(3) Hash plainRoot,
    @Field(4) Hash cipheredRoot,
    @Field(value = 5, max = LaneTerms.WINDOW_MAX, unit = "pieces") int windowPieces,
    @Field(6) Hash keyRoot,
    @Field(7) Hash secret,
    @Field(8) Signature miner,
    @Field(9) SignedStatement<Match> match)
    implements LaneMessage {
  public LaneDeposit {
    Check.range(windowPieces, 1, LaneTerms.WINDOW_MAX, "window");
  }

  /// The deposit of a lane with these terms.
  public static LaneDeposit of(
      SignedStatement<LaneTerms> terms, Hash plainRoot, Hash secret, SignedStatement<Match> match) {
    LaneTerms body = terms.body();
    return new LaneDeposit(
        body.channel(),
        body.segment(),
        plainRoot,
        body.cipheredRoot(),
        body.windowPieces(),
        body.keyRoot(),
        secret,
        terms.signature(),
        match);
  }

  /// Its own copy of the offer's terms.
  public LaneTerms terms() {
    return new LaneTerms(channel, segment, cipheredRoot, windowPieces, keyRoot);
  }

  /// Its own copy of the offer's terms under the miner's signature.
  public SignedStatement<LaneTerms> signedTerms() {
    return new SignedStatement<>(terms(), miner);
  }

  /// Everything but the secret.
  @Override
  public String toString() {
    return "LaneDeposit[" + terms() + "]";
  }
}
