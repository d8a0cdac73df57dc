package io.ppio.data.proof.porep;

import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;

/// From a miner to the members of its committee in the order drawn until one answers: asks for a
/// [SealReceipt].
///
/// @param match the encoded signed match, the contract under which the replica is held
public record PorepRequest(
    @Field(value = 1, max = PorepRequest.MATCH_MAX, unit = "Match, signed") Bytes match,
    @Field(2) SignedStatement<SealCommit> commit) {
  /// Longest encoded match.
  public static final int MATCH_MAX = 8 << 10;
}
