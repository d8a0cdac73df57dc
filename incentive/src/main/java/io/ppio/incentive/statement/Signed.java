package io.ppio.incentive.statement;

import io.ppio.data.cp.CpReader;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.network.identity.Account;
import io.ppio.network.identity.PublicKey;
import io.ppio.network.identity.Signature;
import java.util.Optional;

/// A statement and one signature over it. A signature that decodes may still be anybody's: ask
/// [#isBy] before relying on it.
public record Signed<T extends Stated>(T body, Signature signature) {
  /// The whole message in canonical protobuf.
  public byte[] encode() {
    return body.write().bytes(body.signatureField(), signature.bytes()).toBytes();
  }

  /// Decodes a message whose body `read` takes.
  public static <T extends Stated> Signed<T> decode(byte[] encoded, CpReader.Body<T> read)
      throws MalformedMessage {
    return CpReader.whole(
        encoded,
        in -> {
          T body = read.read(in);
          return new Signed<>(
              body, in.message(body.signatureField(), Signature.SIZE, Signature::decode));
        });
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
