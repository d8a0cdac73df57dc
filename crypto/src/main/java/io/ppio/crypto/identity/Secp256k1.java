package io.ppio.crypto.identity;

import java.math.BigInteger;

/// The operations on the curve secp256k1 that keys and signatures are made of.
///
/// Two implementations give the same bytes: a native library, several times faster, and a portable
/// one for machines on which the native one does not load. Arguments are arrays because the native
/// calls take them; they are neither kept nor changed. Implementations are stateless and safe for
/// concurrent use. Callers outside this package use [PrivateKey], [PublicKey] and [Signature].
sealed interface Secp256k1 permits NativeSecp256k1, PortableSecp256k1 {
  /// Order of the group, n.
  BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  /// Largest `s` that counts as low: ⌊n/2⌋.
  BigInteger HALF_ORDER = ORDER.shiftRight(1);

  /// Bytes in a private key, and in each of `r` and `s`.
  int SCALAR_SIZE = 32;

  /// Bytes in a compressed point.
  int POINT_SIZE = 33;

  /// Bytes in `r ‖ s`.
  int COMPACT_SIZE = 64;

  /// The compressed public key of `secret`, 32 bytes in 1..n-1.
  byte[] publicKey(byte[] secret);

  /// Whether these 33 bytes are a compressed point of the curve; infinity has no such form.
  boolean isPoint(byte[] compressed);

  /// `04 ‖ X ‖ Y` of a valid compressed point.
  byte[] decompress(byte[] compressed);

  /// `r ‖ s` over a 32-byte digest, nonce of RFC 6979 with HMAC-SHA-256, low `s`.
  byte[] sign(byte[] digest, byte[] secret);

  /// Whether `r ‖ s` with low `s` is a signature of the valid `compressed` key over `digest`; false
  /// for scalars out of range.
  boolean verify(byte[] compact, byte[] digest, byte[] compressed);

  /// The compressed key that made `r ‖ s` over `digest` with recovery id 0 or 1; empty when there
  /// is none.
  byte[] recover(byte[] compact, byte[] digest, int recoveryId);

  /// The fastest implementation that works on this machine.
  static Secp256k1 get() {
    return Chosen.INSTANCE;
  }

  /// Made at first use; the choice never changes afterwards.
  final class Chosen {
    static final Secp256k1 INSTANCE = NativeSecp256k1.load().orElseGet(PortableSecp256k1::new);

    private Chosen() {}
  }

  /// Whether `implementation` reproduces a published signature and recovers its key.
  static boolean passesSelfTest(Secp256k1 implementation) {
    byte[] secret = new byte[SCALAR_SIZE];
    secret[SCALAR_SIZE - 1] = 1;
    java.util.HexFormat hex = java.util.HexFormat.of();
    byte[] digest =
        hex.parseHex("2b035cd6fc6212624d0bbf54cbc9fd7981a9a263b870d6f2a2f3f4d34f5bf7b8");
    byte[] expected =
        hex.parseHex(
            "d23d7cdf25eb7aca1785c2ca95a02e0449dd7be07621fce0af59bbe0923268a4"
                + "7e07c30b13697cdcfd58219e955a0d2312e57c0ab3750ce12cced214885ff5b3");
    byte[] key = implementation.publicKey(secret);
    return java.util.Arrays.equals(implementation.sign(digest, secret), expected)
        && java.util.Arrays.equals(implementation.recover(expected, digest, 1), key)
        && implementation.verify(expected, digest, key)
        && implementation.isPoint(key)
        && !implementation.isPoint(new byte[POINT_SIZE]);
  }
}
