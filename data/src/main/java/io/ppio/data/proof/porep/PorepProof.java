package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
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
    Bytes match,
    SignedStatement<SealCommit> commit,
    SignedStatement<SealReceipt> receipt,
    long height,
    List<SealCheck> checks)
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

  @Override
  public int signatureField() {
    return 6;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .bytes(1, match)
        .message(2, commit.encode())
        .message(3, receipt.encode())
        .u64(4, height)
        .list(5, checks, SealCheck::encode);
  }

  /// The digest of a certificate over this proof: the list root of the proof bodies.
  public Hash digest() {
    return ListRoot.of(List.of(body()));
  }

  /// Decodes a signed proof.
  public static SignedStatement<PorepProof> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in ->
            new PorepProof(
                in.bytes(1, PorepRequest.MATCH_MAX),
                in.message(2, SealCommit.ENCODED_MAX, SealCommit::decode),
                in.message(3, SealReceipt.ENCODED_MAX, SealReceipt::decode),
                in.u64(4),
                in.list(5, CHECKS_MAX, SealCheck.ENCODED_MAX, SealCheck::decode)));
  }
}
