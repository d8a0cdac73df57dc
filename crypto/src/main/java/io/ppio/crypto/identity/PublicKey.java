package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Form;
import io.ppio.env.Bytes;

/// A public key, checked to lie on the curve.
@Form("a point of secp256k1, compressed: 33 bytes")
public record PublicKey(Bytes compressed) implements Comparable<PublicKey> {
  /// Bytes in a compressed key.
  public static final int SIZE = Secp256k1.POINT_SIZE;

  /// @throws IllegalArgumentException unless it is a point of the curve
  public PublicKey {
    if (!Secp256k1.get().isPoint(compressed.toArray())) {
      throw new IllegalArgumentException("no point of secp256k1");
    }
  }

  /// The key that a peer claims these 33 bytes to be.
  public static PublicKey decode(byte[] compressed) throws MalformedMessage {
    if (!Secp256k1.get().isPoint(compressed)) {
      throw new MalformedMessage("public key is no point of secp256k1");
    }
    return new PublicKey(Bytes.of(compressed));
  }

  /// `04 ‖ X ‖ Y`, 65 bytes.
  public Bytes uncompressed() {
    return Bytes.of(Secp256k1.get().decompress(compressed.toArray()));
  }

  /// The account of this key.
  public Account account() {
    return Account.of(this);
  }

  /// The peer id of this key.
  public PeerId peerId() {
    return PeerId.of(this);
  }

  /// `H(compressed key)`: the name of a node in proofs (`L_ID`).
  public Hash hash() {
    return Hash.sha256(compressed.toArray());
  }

  /// Whether `compact`, 64 bytes `r ‖ s`, is this key's signature over `digest`; high `s`, other
  /// lengths and scalars out of range are refused.
  public boolean verifyCompact(Hash digest, Bytes compact) {
    byte[] signature = compact.toArray();
    return signature.length == Secp256k1.COMPACT_SIZE
        && Scalars.isLow(Scalars.read(signature, Secp256k1.SCALAR_SIZE))
        && Secp256k1.get().verify(signature, digest.toArray(), compressed.toArray());
  }

  /// Whether `der` is this key's signature over `digest`; high `s` is tolerated, as TLS bindings of
  /// other implementations may have it.
  public boolean verifyDer(Hash digest, byte[] der) {
    try {
      return Secp256k1.get()
          .verify(DerSignature.decode(der), digest.toArray(), compressed.toArray());
    } catch (MalformedMessage e) {
      return false; // a signature that cannot be read is none
    }
  }

  @Override
  public int compareTo(PublicKey other) {
    return compressed.compareTo(other.compressed);
  }

  /// The first 8 bytes in hexadecimal.
  @Override
  public String toString() {
    return compressed.toString();
  }
}
