package io.ppio.crypto.identity;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Optional;

/// The curve by libsecp256k1 through its JNI binding.
///
/// The binding unpacks its library into the temporary folder at first use, which fails on machines
/// that forbid it or have another architecture.
final class NativeSecp256k1 implements Secp256k1 {
  private final fr.acinq.secp256k1.Secp256k1 library;

  private NativeSecp256k1(fr.acinq.secp256k1.Secp256k1 library) {
    this.library = library;
  }

  /// The implementation, if the library loads here and computes correctly.
  static Optional<Secp256k1> load() {
    try {
      Secp256k1 candidate = new NativeSecp256k1(fr.acinq.secp256k1.Secp256k1.get());
      return Secp256k1.passesSelfTest(candidate) ? Optional.of(candidate) : Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      // Every way in which a native library can be unusable ends in the portable implementation.
      return Optional.empty();
    }
  }

  @Override
  public byte[] publicKey(byte[] secret) {
    return library.pubKeyCompress(library.pubkeyCreate(secret));
  }

  @Override
  public boolean isPoint(byte[] compressed) {
    if (compressed.length != POINT_SIZE) {
      return false;
    }
    try {
      return library.pubkeyParse(compressed).length != 0;
    } catch (Secp256k1Exception e) {
      return false; // the binding's way of saying no
    }
  }

  @Override
  public byte[] decompress(byte[] compressed) {
    return library.pubkeyParse(compressed);
  }

  @Override
  public byte[] sign(byte[] digest, byte[] secret) {
    return library.sign(digest, secret, null);
  }

  @Override
  public boolean verify(byte[] compact, byte[] digest, byte[] compressed) {
    try {
      return library.verify(compact, digest, compressed);
    } catch (Secp256k1Exception e) {
      return false; // scalars out of range
    }
  }

  @Override
  public byte[] recover(byte[] compact, byte[] digest, int recoveryId) {
    try {
      return library.pubKeyCompress(library.ecdsaRecover(compact, digest, recoveryId));
    } catch (Secp256k1Exception e) {
      return new byte[0]; // no point has this x, or a scalar is out of range
    }
  }
}
