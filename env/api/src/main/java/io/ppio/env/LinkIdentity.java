package io.ppio.env;

/// What a link needs of the identity layer to prove one end and to check the other.
///
/// Lives here, not above, because the TLS certificate is made below the layer that knows the keys.
/// Implementations are stateless and safe for concurrent use.
public interface LinkIdentity {
  /// Own identity key: `08 02 12 21` and the 33-byte compressed secp256k1 point.
  Bytes key();

  /// Signature of the own identity key over SHA-256 of `message`, DER encoded.
  byte[] sign(byte[] message);

  /// Whether `signature` (DER) is that of `key` over SHA-256 of `message`; false too for a
  /// malformed key.
  boolean verify(Bytes key, byte[] message, byte[] signature);
}
