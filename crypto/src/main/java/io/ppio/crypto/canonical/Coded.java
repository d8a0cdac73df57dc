package io.ppio.crypto.canonical;

/// A constant with a fixed number on the wire and on disk.
public interface Coded {
  /// Its number.
  int number();

  /// The one of `values` with `number`.
  static <E extends Coded> E of(E[] values, int number) throws MalformedMessage {
    for (E value : values) {
      if (value.number() == number) {
        return value;
      }
    }
    throw new MalformedMessage("unknown number " + number);
  }
}
