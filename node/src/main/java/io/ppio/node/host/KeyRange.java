package io.ppio.node.host;

import io.ppio.env.Bytes;

/// Ranges of store keys. Stateless.
public final class KeyRange {
  private KeyRange() {}

  /// The first key after all that begin with `prefix`, one of whose bytes is not 255.
  public static Bytes after(Bytes prefix) {
    byte[] end = prefix.toArray();
    int last = end.length - 1;
    while (last > 0 && end[last] == (byte) 0xff) {
      last--;
    }
    end[last]++;
    return Bytes.of(end, 0, last + 1);
  }
}
