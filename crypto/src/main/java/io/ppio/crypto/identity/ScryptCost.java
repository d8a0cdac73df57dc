package io.ppio.crypto.identity;

import io.ppio.env.Bytes;
import org.bouncycastle.crypto.generators.SCrypt;

/// The cost parameters of scrypt (RFC 7914), bounded so that a key file from elsewhere can exhaust
/// neither memory nor patience.
///
/// @param n iterations, a power of two
/// @param r block size factor
/// @param p lanes
/// @param keySize bytes to derive
record ScryptCost(int n, int r, int p, int keySize) {
  /// What new files use: 32 MiB, about 0.1 s.
  static final ScryptCost WRITER = new ScryptCost(32_768, 8, 1, 32);

  private static final long MEMORY_MAX_BYTES = 256L << 20;
  private static final int LANES_MAX = 16;
  private static final int KEY_SIZE_MIN = 32;
  private static final int KEY_SIZE_MAX = 64;

  /// Bytes of memory that one block of factor 1 takes.
  private static final int BLOCK_BYTES = 128;

  ScryptCost {
    if (!isAllowed(n, r, p, keySize)) {
      throw new IllegalArgumentException("scrypt cost out of bounds");
    }
  }

  /// Whether the parameters are within the bounds: table and lanes at most 256 MiB each, at most 16
  /// lanes, a key of 32 to 64 bytes. RFC 7914 further asks for N < 2^(128·r/8).
  static boolean isAllowed(int n, int r, int p, int keySize) {
    return n > 1
        && Integer.bitCount(n) == 1
        && r >= 1
        && p >= 1
        && p <= LANES_MAX
        && (long) n * r <= MEMORY_MAX_BYTES / BLOCK_BYTES
        && (long) p * r < MEMORY_MAX_BYTES / BLOCK_BYTES
        && (r > 1 || n < 1 << 16)
        && keySize >= KEY_SIZE_MIN
        && keySize <= KEY_SIZE_MAX;
  }

  /// The derived key in a new array; the caller clears it.
  byte[] derive(byte[] passphrase, Bytes salt) {
    return SCrypt.generate(passphrase, salt.toArray(), n, r, p, keySize);
  }
}
