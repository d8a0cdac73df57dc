package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `Receipt1`: a verifier's word that it saw a commitment and when. Before a ledger it is the
/// record of it; the challenge comes from a later beacon.
///
/// @param chainId of the network
/// @param commitHash [SealCommit#hash]
/// @param height h_k, the newest final beacon when it was seen
public record SealReceipt(Hash chainId, ReplicaId rid, Hash commitHash, long height) {
  /// Name of the statement that is signed.
  public static final String STATEMENT = "Receipt1";

  static final int ENCODED_MAX = 256;

  private CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, chainId)
        .hash(2, rid.hash())
        .hash(3, commitHash)
        .u64(4, height);
  }

  /// What is signed.
  public byte[] body() {
    return write().toBytes();
  }

  /// A receipt with the verifier's signature of 65 bytes: the answer to PROOF kind 1.
  public record Signed(SealReceipt receipt, Bytes signature) {
    public Signed {
      Check.size(signature, PorepProof.SIGNATURE_SIZE, "signature");
    }

    /// In canonical protobuf.
    public byte[] encode() {
      return receipt.write().bytes(5, signature).toBytes();
    }

    /// Decodes one.
    public static Signed decode(byte[] encoded) throws MalformedMessage {
      return CanonicalReader.whole(
          encoded,
          in ->
              new Signed(
                  new SealReceipt(in.hash(1), new ReplicaId(in.hash(2)), in.hash(3), in.u64(4)),
                  in.fixedBytes(5, PorepProof.SIGNATURE_SIZE)));
    }
  }
}
