package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;

/// Hashes in texts that users hand in. Stateless.
final class HexText {
  private HexText() {}

  /// The hash that `text` spells.
  ///
  /// @param name what it is, for the complaint
  static Hash hash(String text, String name) throws MalformedMessage {
    try {
      return Hash.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage(name + " is no hash in hexadecimal");
    }
  }
}
