package io.ppio.data.object;

import java.util.Optional;

/// Who may read an object (data and proofs specification 2.2).
///
/// Going back from granted or public to private, or revoking a share, means encrypting again: who
/// has had the key keeps it.
public enum Acl {
  /// The key is only wrapped, for its owner.
  PRIVATE(0),
  /// Its owner gives out share codes or envelopes.
  GRANTED(1),
  /// The key stands in clear in the index record; miners may serve anyone.
  PUBLIC(2);

  private final int code;

  Acl(int code) {
    this.code = code;
  }

  /// The byte of descriptors.
  public int code() {
    return code;
  }

  /// The one of `code`; empty if there is none.
  public static Optional<Acl> of(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
