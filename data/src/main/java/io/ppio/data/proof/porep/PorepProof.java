package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// PROOF kind 2, from a miner to each member of its committee: answered by the member's signature
/// over the finding of the certificate.
///
/// @param match the encoded signed match
/// @param height h, whose beacon gives the challenge; at least h_k + 2
/// @param checks in the order of positions, at most [#CHECKS_MAX]
public record PorepProof(
    Bytes match,
    SealCommit.Signed commit,
    SealReceipt.Signed receipt,
    long height,
    List<SealCheck> checks) {
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

  private CanonicalWriter write() {
    return new CanonicalWriter()
        .bytes(1, match)
        .message(2, commit.encode())
        .message(3, receipt.encode())
        .u64(4, height)
        .list(5, checks, SealCheck::encode);
  }

  /// What is signed.
  public byte[] body() {
    return write().toBytes();
  }

  /// The digest of a certificate over this proof: the list root of the proof bodies.
  public Hash digest() {
    return ListRoot.of(List.of(body()));
  }

  /// A proof with the miner's signature of 65 bytes.
  public record Signed(PorepProof proof, Bytes signature) {
    public Signed {
      Check.size(signature, SIGNATURE_SIZE, "signature");
    }

    /// In canonical protobuf.
    public byte[] encode() {
      return proof.write().bytes(6, signature).toBytes();
    }

    /// Decodes one.
    public static Signed decode(byte[] encoded) throws MalformedMessage {
      return CanonicalReader.whole(
          encoded,
          in ->
              new Signed(
                  new PorepProof(
                      in.bytes(1, PorepRequest.MATCH_MAX),
                      in.message(2, SealCommit.ENCODED_MAX, SealCommit.Signed::decode),
                      in.message(3, SealReceipt.ENCODED_MAX, SealReceipt.Signed::decode),
                      in.u64(4),
                      in.list(5, CHECKS_MAX, SealCheck.ENCODED_MAX, SealCheck::decode)),
                  in.fixedBytes(6, SIGNATURE_SIZE)));
    }
  }
}
