package io.ppio.crypto.statement;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.message.RecordCodec;

/// The body of a statement: every field of its message but the signature, which is the last one.
///
/// What is signed is `TH("ppio/stmt/" + name, body)` (data and proofs specification 5.0).
public interface Statement {
  /// The name that separates its signatures from those of other statements.
  String statement();

  /// The number of the field that holds the signature, above those of the body.
  default int signatureField() {
    return codec().last() + 1;
  }

  /// Writes the body into a fresh message.
  default CanonicalWriter write() {
    return codec().write(this, new CanonicalWriter());
  }

  private RecordCodec<?> codec() {
    return RecordCodec.of(getClass().asSubclass(Record.class));
  }

  /// The body in canonical protobuf.
  default byte[] body() {
    return write().toBytes();
  }

  /// What is signed. No component of a body may have this name: its accessor would take the place
  /// of this method.
  default Hash signedDigest() {
    return digest(statement(), body());
  }

  /// `statement` under the signature of `key`.
  static <T extends Statement> SignedStatement<T> sign(T statement, PrivateKey key) {
    return new SignedStatement<>(statement, key.sign(statement.signedDigest()));
  }

  /// The digest of the statement `name` with `body`, its canonical protobuf.
  static Hash digest(String name, byte[] body) {
    return Hash.tagged("ppio/stmt/" + name, body);
  }
}
