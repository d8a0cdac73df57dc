package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.seal.ReplicaId;

/// `Receipt1`: a verifier's word that it saw a commitment and when. Before a ledger it is the
/// record of it; the challenge comes from a later beacon.
///
/// @param chainId of the network
/// @param commitHash [SealCommit#hash]
/// @param height h_k, the newest final beacon when it was seen
public record SealReceipt(
    @Field(1) Hash chainId,
    @Field(2) ReplicaId rid,
    @Field(3) Hash commitHash,
    @Field(4) long height)
    implements Statement {
  @Override
  public String statement() {
    return "Receipt1";
  }

  /// Decodes a signed receipt.
  public static SignedStatement<SealReceipt> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, SealReceipt.class);
  }
}
