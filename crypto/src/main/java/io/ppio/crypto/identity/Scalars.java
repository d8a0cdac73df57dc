package io.ppio.crypto.identity;

import java.math.BigInteger;
import java.util.Arrays;

/// Integers modulo the group order as 32 big-endian bytes.
final class Scalars {
  private Scalars() {}

  /// The integer in 32 bytes from `offset`.
  static BigInteger read(byte[] bytes, int offset) {
    return new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + Secp256k1.SCALAR_SIZE));
  }

  /// Puts `value`, at most 256 bits, into 32 bytes from `offset`, padded on the left.
  static void write(BigInteger value, byte[] target, int offset) {
    byte[] signed = value.toByteArray();
    int skip = signed.length > Secp256k1.SCALAR_SIZE ? 1 : 0;
    int length = signed.length - skip;
    System.arraycopy(signed, skip, target, offset + Secp256k1.SCALAR_SIZE - length, length);
  }

  /// Whether 1 <= `value` < n.
  static boolean inRange(BigInteger value) {
    return value.signum() > 0 && value.compareTo(Secp256k1.ORDER) < 0;
  }

  /// Whether `s` is in the lower half, the only form that records and transactions may have.
  static boolean isLow(BigInteger s) {
    return s.compareTo(Secp256k1.HALF_ORDER) <= 0;
  }
}
