package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// From a miner to each member of its committee: answered by the member's signature over the
/// finding of the certificate.
///
/// @param match the encoded signed match
/// @param height h, whose beacon gives the challenge; at least h_k + 2
/// @param checks in the order of positions, at most [#CHECKS_MAX]
public record PorepProof(
    @Field(value = 1, max = PorepRequest.MATCH_MAX) Bytes match,
    @Field(2) SealCommit.Signed commit,
    @Field(3) SealReceipt.Signed receipt,
    @Field(4) long height,
    @Field(value = 5, count = PorepProof.CHECKS_MAX) List<SealCheck> checks) {
  /// Name of the statement that is signed.
  public static final String STATEMENT = "PoRepProof";

  /// Checks in one message at most.
  public static final int CHECKS_MAX = 16;

  /// δ_chal: how far the challenge's beacon is behind the commitment's.
  public static final int CHALLENGE_DELAY = 2;

  static final int SIGNATURE_SIZE = 65;

  public PorepProof {
    checks = List.copyOf(checks);
    Check.range(checks.size(), 0, CHECKS_MAX, "checks");
  }

  /// What is signed.
  public byte[] body() {
    return RecordCodec.bytes(this).toArray();
  }

  /// The digest of a certificate over this proof: the list root of the proof bodies.
  public Hash digest() {
    return ListRoot.of(List.of(body()));
  }

  /// A proof with the miner's signature of 65 bytes.
  public record Signed(
      PorepProof proof,
      @Field(value = Field.NEXT, size = PorepProof.SIGNATURE_SIZE) Bytes signature) {
    public Signed {
      Check.size(signature, SIGNATURE_SIZE, "signature");
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
