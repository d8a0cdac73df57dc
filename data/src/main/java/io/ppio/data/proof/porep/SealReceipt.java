package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.data.seal.ReplicaId;

/// `Receipt1`: a verifier's word that it saw a commitment and when. Before a ledger it is the
/// record of it; the challenge comes from a later beacon.
///
/// @param chainId of the network
/// @param commitHash [SealCommit#hash]
/// @param height h_k, the newest final beacon when it was seen
public record SealReceipt(Hash chainId, ReplicaId rid, Hash commitHash, long height)
    implements Statement {
  static final int ENCODED_MAX = 256;

  @Override
  public String statement() {
    return "Receipt1";
  }

  @Override
  public int signatureField() {
    return 5;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, chainId)
        .hash(2, rid.hash())
        .hash(3, commitHash)
        .u64(4, height);
  }

  /// Decodes a signed receipt.
  public static SignedStatement<SealReceipt> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in -> new SealReceipt(in.hash(1), new ReplicaId(in.hash(2)), in.hash(3), in.u64(4)));
  }
}
