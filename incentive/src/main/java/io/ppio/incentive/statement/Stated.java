package io.ppio.incentive.statement;

import io.ppio.data.cp.CpWriter;
import io.ppio.data.hash.Hash;
import io.ppio.network.identity.PrivateKey;
import io.ppio.network.identity.Statement;

/// The body of a statement: every field of its message but the signature, which is the last one.
public interface Stated {
  /// The name that separates its signatures from those of other statements.
  String statement();

  /// The number of the field that holds the signature, above those of the body.
  int signatureField();

  /// Writes the body into a fresh message.
  CpWriter write();

  /// The body in canonical protobuf.
  default byte[] body() {
    return write().toBytes();
  }

  /// What is signed. No component of a body may have this name: its accessor would take the place
  /// of this method.
  default Hash signedDigest() {
    return Statement.digest(statement(), body());
  }

  /// `statement` under the signature of `key`.
  static <T extends Stated> Signed<T> sign(T statement, PrivateKey key) {
    return new Signed<>(statement, key.sign(statement.signedDigest()));
  }
}
