package io.ppio.env;

/// Assertions that stay on in production: a failure is our own bug and ends the role.
public final class Check {
  private Check() {}

  /// Throws unless `condition` holds.
  ///
  /// @throws IllegalStateException with `message`
  public static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }

  /// Throws unless a value from outside is sound by itself.
  ///
  /// @throws IllegalArgumentException with `message`
  public static void sound(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /// Returns `value` if it is at least 1.
  ///
  /// @throws IllegalArgumentException otherwise
  public static int positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
    return value;
  }

  /// Returns `value` if it lies in `min` to `max`, both included.
  ///
  /// @throws IllegalArgumentException otherwise
  public static long range(long value, long min, long max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be in " + min + ".." + max + ", not " + value);
    }
    return value;
  }

  /// Returns `bytes` if it has exactly `size` bytes.
  ///
  /// @throws IllegalArgumentException otherwise
  public static Bytes size(Bytes bytes, int size, String name) {
    if (bytes.size() != size) {
      throw new IllegalArgumentException(
          name + " must have " + size + " bytes, not " + bytes.size());
    }
    return bytes;
  }
}
