package io.ppio.network.identity;

import io.ppio.data.hash.Hash;

/// What is signed when a statement may become evidence: `TH("ppio/stmt/" + name, body)` (data and
/// proofs specification 5.0).
public final class Statement {
  private static final String TAG = "ppio/stmt/";

  private Statement() {}

  /// The digest of the statement `name` with `body`, its canonical protobuf.
  public static Hash digest(String name, byte[] body) {
    return Hash.tagged(TAG + name, body);
  }
}
