package io.ppio.env;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable sequence of bytes that can be a record component or a map key.
///
/// Ordered as unsigned bytes, shorter first where one is a prefix of the other.
public final class Bytes implements Comparable<Bytes> {
  /// The empty sequence.
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A copy of `bytes`.
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /// A copy of `length` bytes of `bytes` from `offset`.
  public static Bytes of(byte[] bytes, int offset, int length) {
    return new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// The bytes that `hex` spells, two digits of either case a byte.
  ///
  /// @throws IllegalArgumentException when it does not
  public static Bytes fromHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /// Number of bytes.
  public int size() {
    return bytes.length;
  }

  /// Whether there is no byte.
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /// The byte at `index` as 0 to 255.
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  /// A copy in a new array.
  public byte[] toArray() {
    return bytes.clone();
  }

  /// A read-only view, without a copy.
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// The bytes from `from` (inclusive) to `to` (exclusive).
  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(bytes, from, to));
  }

  /// The first sequence after all that begin with this one, one of whose bytes is not 255.
  public Bytes afterPrefix() {
    int last = bytes.length - 1;
    while (last > 0 && bytes[last] == (byte) 0xff) {
      last--;
    }
    byte[] end = Arrays.copyOf(bytes, last + 1);
    end[last]++;
    return new Bytes(end);
  }

  /// Copies all bytes into `target` from `offset`.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /// Lower-case hexadecimal text.
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The hexadecimal text, cut after 8 bytes: enough for a log line.
  @Override
  public String toString() {
    return bytes.length <= 8 ? hex() : HexFormat.of().formatHex(bytes, 0, 8) + "…";
  }
}
