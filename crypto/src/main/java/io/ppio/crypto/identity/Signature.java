package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;
import java.util.Optional;

/// A signature that names its signer (interface specification 6.2).
///
/// One message and key have one such form that is accepted, so it may be hashed.
@Form("`r(32) ‖ s(32) ‖ v(1)`, low s, v the recovery id 0 or 1")
public record Signature(Bytes bytes) {
  /// Bytes in a signature.
  public static final int SIZE = 65;

  private static final int V = 64;

  /// @throws IllegalArgumentException unless 1 <= r < n, 1 <= s <= n/2 and v is 0 or 1
  public Signature {
    if (!hasForm(bytes.toArray())) {
      throw new IllegalArgumentException("no signature");
    }
  }

  private static boolean hasForm(byte[] bytes) {
    return bytes.length == SIZE
        && (bytes[V] == 0 || bytes[V] == 1)
        && Scalars.inRange(Scalars.read(bytes, 0))
        && Scalars.inRange(Scalars.read(bytes, Secp256k1.SCALAR_SIZE))
        && Scalars.isLow(Scalars.read(bytes, Secp256k1.SCALAR_SIZE));
  }

  /// The signature in 65 bytes of a message.
  public static Signature decode(byte[] encoded) throws MalformedMessage {
    if (!hasForm(encoded)) {
      throw new MalformedMessage("signature has a wrong length, a scalar out of range or high s");
    }
    return new Signature(Bytes.of(encoded));
  }

  /// Adds the recovery id to `r ‖ s`, which `key` made over `digest`.
  static Signature of(byte[] compact, Hash digest, PublicKey key) {
    byte[] bytes = java.util.Arrays.copyOf(compact, SIZE);
    byte[] first = Secp256k1.get().recover(compact, digest.toArray(), 0);
    bytes[V] = (byte) (Bytes.of(first).equals(key.compressed()) ? 0 : 1);
    return new Signature(Bytes.of(bytes));
  }

  /// The key that made it over `digest`; empty when no key did.
  public Optional<PublicKey> recover(Hash digest) {
    byte[] key = Secp256k1.get().recover(compact().toArray(), digest.toArray(), bytes.at(V));
    return key.length == 0 ? Optional.empty() : Optional.of(new PublicKey(Bytes.of(key)));
  }

  /// Whether `key` made it over `digest`.
  public boolean isBy(PublicKey key, Hash digest) {
    return recover(digest).filter(key::equals).isPresent();
  }

  /// Whether the key of `peer` made it over `digest`.
  public boolean isBy(PeerId peer, Hash digest) {
    return isBy(peer.publicKey(), digest);
  }

  /// Whether the key of `account` made it over `digest`.
  public boolean isBy(Account account, Hash digest) {
    return recover(digest).map(PublicKey::account).filter(account::equals).isPresent();
  }

  /// `r ‖ s`.
  public Bytes compact() {
    return bytes.slice(0, V);
  }
}
