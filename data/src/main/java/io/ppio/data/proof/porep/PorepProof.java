package io.ppio.data.proof.porep;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// A miner's proof of one replica to each member of its committee: answered by the member's
/// signature over its finding.
///
/// @param match the encoded signed match
/// @param height h, whose beacon gives the challenge; at least h_k + 2
/// @param checks in the order of positions, at most [#CHECKS_MAX]
public record PorepProof(
    @Field(value = 1, max = PorepRequest.MATCH_MAX, unit = "Match, signed") Bytes match,
    @Field(2) SignedStatement<SealCommit> commit,
    @Field(3) SignedStatement<SealReceipt> receipt,
    @Field(4) long height,
    @Field(value = 5, count = PorepProof.CHECKS_MAX) List<SealCheck> checks)
    implements Statement {
  /// Checks in one message at most.
  public static final int CHECKS_MAX = 16;

  public PorepProof {
    checks = List.copyOf(checks);
    Check.range(checks.size(), 0, CHECKS_MAX, "checks");
  }

  @Override
  public String statement() {
    return "PoRepProof";
  }

  /// The digest of a certificate over this proof: the list root of the proof bodies.
  public Hash digest() {
    return ListRoot.of(List.of(body()));
  }
}
