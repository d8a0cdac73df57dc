package io.ppio.crypto.hash;

import io.ppio.env.Bytes;
import java.io.ByteArrayOutputStream;

/// A concatenation of fields as hashes take them: integers big-endian, bytes as they are. Owned by
/// one task.
public final class FixedWidth {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  /// Appends one byte.
  public FixedWidth u8(int value) {
    out.write(value);
    return this;
  }

  /// Appends 4 bytes.
  public FixedWidth u32(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >>> shift);
    }
    return this;
  }

  /// Appends 8 bytes.
  public FixedWidth u64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  /// Appends all of `value`.
  public FixedWidth bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /// Appends all of `value`.
  public FixedWidth bytes(Bytes value) {
    out.writeBytes(value.toArray());
    return this;
  }

  /// Appends the 32 bytes of `value`.
  public FixedWidth hash(Hash value) {
    return bytes(value.bytes());
  }

  /// What was appended, in a new array.
  public byte[] toArray() {
    return out.toByteArray();
  }
}
