package io.ppio.crypto.hash;

import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A SHA-256 digest: 32 bytes.
public record Hash(Bytes bytes) implements Comparable<Hash> {
  /// Bytes in a digest.
  public static final int SIZE = 32;

  /// 32 zero bytes.
  public static final Hash ZERO = new Hash(Bytes.of(new byte[SIZE]));

  public Hash {
    io.ppio.env.Check.size(bytes, SIZE, "hash");
  }

  /// The digest in `bytes`, which must have 32.
  public static Hash of(byte[] bytes) {
    return new Hash(Bytes.of(bytes));
  }

  /// `H(parts…)`: SHA-256 of the concatenation.
  public static Hash sha256(byte[]... parts) {
    MessageDigest digest = newSha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return of(digest.digest());
  }

  /// `TH(tag, body)`: SHA-256 of the tag's length in one byte, the ASCII tag, and `body`.
  ///
  /// Compose several fields with [FixedWidth]; they are of fixed width except for the last.
  public static Hash tagged(String tag, byte[] body) {
    byte[] name = tag.getBytes(StandardCharsets.US_ASCII);
    return sha256(new byte[] {(byte) name.length}, name, body);
  }

  /// `TH(tag, fields…)`.
  public static Hash tagged(String tag, FixedWidth fields) {
    return tagged(tag, fields.toArray());
  }

  /// A fresh SHA-256 computation, for callers that hash a stream. Not safe for concurrent use.
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// A copy of the 32 bytes.
  public byte[] toArray() {
    return bytes.toArray();
  }

  /// 64 lower-case hexadecimal digits.
  public String hex() {
    return bytes.hex();
  }

  /// A read-only view of the 32 bytes.
  public ByteBuffer buffer() {
    return bytes.buffer();
  }

  @Override
  public int compareTo(Hash other) {
    return bytes.compareTo(other.bytes);
  }

  /// The first 8 bytes in hexadecimal: enough for a log line.
  @Override
  public String toString() {
    return bytes.toString();
  }
}
