package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import java.math.BigInteger;

/// Base58 with Bitcoin's alphabet: a number to base 58, one `1` in front for every zero byte.
///
/// Quadratic in the length; callers bound it first.
final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);

  private Base58() {}

  static String encode(byte[] bytes) {
    StringBuilder reversed = new StringBuilder();
    for (BigInteger rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
      reversed.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      reversed.append('1');
    }
    return reversed.reverse().toString();
  }

  static byte[] decode(String text) throws MalformedMessage {
    BigInteger value = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new MalformedMessage("no base58 digit at position " + i);
      }
      zeros += zeros == i && digit == 0 ? 1 : 0;
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] signed = value.toByteArray();
    int skip = signed[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + signed.length - skip];
    System.arraycopy(signed, skip, bytes, zeros, signed.length - skip);
    return bytes;
  }
}
