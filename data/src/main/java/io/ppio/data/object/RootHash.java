package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Check;

/// Names the root chunk of an account's index (interface specification 3.6). Text: 64 lower-case
/// hexadecimal digits, then the length in decimal, without a separator.
///
/// @param hash SHA-256 of the root chunk
/// @param length its bytes, 0 if unknown
public record RootHash(Hash hash, long length) {
  private static final int DIGITS = 2 * Hash.SIZE;

  /// Longest text that is looked at: 2^63 - 1 has 19 digits.
  private static final int TEXT_MAX = DIGITS + 19;

  public RootHash {
    Check.range(length, 0, Long.MAX_VALUE, "length");
  }

  /// The text.
  public String text() {
    return hash.hex() + length;
  }

  /// The root hash that `text` spells, whose length may be missing.
  public static RootHash parse(String text) throws MalformedMessage {
    if (text.length() < DIGITS || text.length() > TEXT_MAX) {
      throw new MalformedMessage("root hash of wrong length");
    }
    String length = text.substring(DIGITS);
    if (!length.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      throw new MalformedMessage("root hash whose length is no number");
    }
    Hash hash = HexText.hash(text.substring(0, DIGITS), "root hash");
    try {
      return new RootHash(hash, length.isEmpty() ? 0 : Long.parseLong(length));
    } catch (NumberFormatException e) {
      throw new MalformedMessage("root hash whose length exceeds 63 bits");
    }
  }
}
