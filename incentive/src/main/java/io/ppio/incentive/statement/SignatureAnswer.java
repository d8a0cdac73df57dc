package io.ppio.incentive.statement;

import io.ppio.data.cp.CpReader;
import io.ppio.data.cp.CpWriter;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.network.identity.Signature;

/// The answer to a request to sign something that the asker already has: PROOF kind 2, a member's
/// signature over the finding, and kind 6, a verifier's over a beacon value.
public record SignatureAnswer(Signature signature) {
  /// In canonical protobuf: 1 signature, 65 bytes.
  public Bytes encode() {
    return Bytes.of(new CpWriter().bytes(1, signature.bytes()).toBytes());
  }

  /// Decodes one.
  public static SignatureAnswer decode(Bytes encoded) throws MalformedMessage {
    return CpReader.whole(
        encoded.toArray(),
        in -> new SignatureAnswer(in.message(1, Signature.SIZE, Signature::decode)));
  }
}
