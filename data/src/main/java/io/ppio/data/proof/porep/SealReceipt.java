package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.data.seal.ReplicaId;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

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
    @Field(4) long height) {
  /// Name of the statement that is signed.
  public static final String STATEMENT = "Receipt1";

  /// What is signed.
  public byte[] body() {
    return RecordCodec.bytes(this).toArray();
  }

  /// A receipt with the verifier's signature of 65 bytes: the answer to a [PorepRequest].
  public record Signed(
      SealReceipt receipt,
      @Field(value = Field.NEXT, size = PorepProof.SIGNATURE_SIZE) Bytes signature) {
    public Signed {
      Check.size(signature, PorepProof.SIGNATURE_SIZE, "signature");
    }

    /// In canonical protobuf.
    public byte[] encode() {
      return RecordCodec.bytes(this).toArray();
    }

    /// Decodes one.
    public static Signed decode(byte[] encoded) throws MalformedMessage {
      return RecordCodec.of(Signed.class).decode(encoded);
    }
  }
}
