package io.ppio.crypto.statement;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import java.util.Optional;

/// A statement and one signature over it. A signature that decodes may still be anybody's: ask
/// [#isBy] before relying on it.
public record SignedStatement<T extends Statement>(T body, @Field(Field.NEXT) Signature signature) {
  /// The whole message in canonical protobuf.
  public byte[] encode() {
    return body.write().bytes(body.signatureField(), signature.bytes()).toBytes();
  }

  /// Decodes a message whose body `read` takes.
  public static <T extends Statement> SignedStatement<T> decode(
      byte[] encoded, CanonicalReader.Body<T> read) throws MalformedMessage {
    return CanonicalReader.whole(
        encoded,
        in -> {
          T body = read.read(in);
          return new SignedStatement<>(
              body, in.message(body.signatureField(), Signature.SIZE, Signature::decode));
        });
  }

  /// Decodes a message whose body is a record with fields.
  public static <T extends Record & Statement> SignedStatement<T> decode(
      byte[] encoded, Class<T> type) throws MalformedMessage {
    return decode(encoded, RecordCodec.of(type)::read);
  }

  /// The key that signed; empty when no key did.
  public Optional<PublicKey> signer() {
    return signature.recover(body.signedDigest());
  }

  /// Whether `key` signed.
  public boolean isBy(PublicKey key) {
    return signature.isBy(key, body.signedDigest());
  }

  /// Whether the key of `account` signed.
  public boolean isBy(Account account) {
    return signature.isBy(account, body.signedDigest());
  }
}
