package io.ppio.crypto.statement;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;

/// The answer to a request to sign something that the asker already has: a member's signature over
/// a finding, a verifier's over a beacon value.
public record SignatureAnswer(@Field(1) Signature signature) {
  /// In canonical protobuf.
  public Bytes encode() {
    return RecordCodec.bytes(this);
  }

  /// Decodes one.
  public static SignatureAnswer decode(Bytes encoded) throws MalformedMessage {
    return RecordCodec.decode(SignatureAnswer.class, encoded);
  }
}
