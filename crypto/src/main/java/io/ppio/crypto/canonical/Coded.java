package io.ppio.crypto.canonical;

/// A constant with a fixed code on the wire and on disk.
public interface Coded {
  /// The number.
  int code();

  /// The one of `values` with `code`.
  static <E extends Coded> E of(E[] values, int code) throws MalformedMessage {
    for (E value : values) {
      if (value.code() == code) {
        return value;
      }
    }
    throw new MalformedMessage("unknown code " + code);
  }
}
