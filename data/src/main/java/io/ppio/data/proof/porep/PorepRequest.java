package io.ppio.data.proof.porep;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;

/// PROOF kind 1, from a miner to the members of its committee in the order drawn until one answers:
/// asks for a [SealReceipt].
///
/// @param match the encoded signed match, the contract under which the replica is held
public record PorepRequest(Bytes match, SignedStatement<SealCommit> commit) {
  /// Longest encoded match.
  public static final int MATCH_MAX = 8 << 10;

  /// In canonical protobuf.
  public byte[] encode() {
    return new CanonicalWriter().bytes(1, match).message(2, commit.encode()).toBytes();
  }

  /// Decodes one.
  public static PorepRequest decode(byte[] encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in ->
            new PorepRequest(
                in.bytes(1, MATCH_MAX), in.message(2, SealCommit.ENCODED_MAX, SealCommit::decode)));
  }
}
