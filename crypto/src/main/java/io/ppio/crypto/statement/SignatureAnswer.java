package io.ppio.crypto.statement;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.Signature;
import io.ppio.env.Bytes;

/// The answer to a request to sign something that the asker already has: PROOF kind 2, a member's
/// signature over the finding, and kind 6, a verifier's over a beacon value.
public record SignatureAnswer(Signature signature) {
  /// In canonical protobuf: 1 signature, 65 bytes.
  public Bytes encode() {
    return Bytes.of(new CanonicalWriter().bytes(1, signature.bytes()).toBytes());
  }

  /// Decodes one.
  public static SignatureAnswer decode(Bytes encoded) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded.toArray(),
        in -> new SignatureAnswer(in.message(1, Signature.SIZE, Signature::decode)));
  }
}
