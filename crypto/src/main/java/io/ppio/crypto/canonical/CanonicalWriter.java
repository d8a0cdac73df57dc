package io.ppio.crypto.canonical;

import com.google.protobuf.CodedOutputStream;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// Writes one message in canonical protobuf (consensus specification 2.3).
///
/// Fields are written in ascending order, defaults are left out. A message whose fields break an
/// order is our bug and fails at once. Owned by one task.
public final class CanonicalWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
  private int last;

  @FunctionalInterface
  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  private CanonicalWriter write(int field, Write write) {
    Check.that(field > last, "field " + field + " after " + last);
    last = field;
    return append(write);
  }

  private CanonicalWriter append(Write write) {
    try {
      write.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /// An unsigned 32-bit integer; 0 is left out.
  public CanonicalWriter u32(int field, int value) {
    return value == 0 ? this : write(field, o -> o.writeUInt32(field, value));
  }

  /// An unsigned 64-bit integer; 0 is left out.
  public CanonicalWriter u64(int field, long value) {
    return value == 0 ? this : write(field, o -> o.writeUInt64(field, value));
  }

  /// A zigzag signed 32-bit integer; 0 is left out.
  public CanonicalWriter s32(int field, int value) {
    return value == 0 ? this : write(field, o -> o.writeSInt32(field, value));
  }

  /// A boolean; false is left out.
  public CanonicalWriter bool(int field, boolean value) {
    return value ? write(field, o -> o.writeBool(field, true)) : this;
  }

  /// Bytes; none are left out.
  public CanonicalWriter bytes(int field, Bytes value) {
    return bytes(field, value.toArray());
  }

  /// Bytes; none are left out.
  public CanonicalWriter bytes(int field, byte[] value) {
    return value.length == 0 ? this : write(field, o -> o.writeByteArray(field, value));
  }

  /// A hash: exactly 32 bytes, always written.
  public CanonicalWriter hash(int field, Hash value) {
    return bytes(field, value.bytes());
  }

  /// An amount: big-endian without leading zeros, at most 2^127 - 1; zero is left out.
  public CanonicalWriter amount(int field, BigInteger value) {
    Check.that(value.signum() >= 0 && value.bitLength() <= 127, "amount out of range");
    byte[] signed = value.toByteArray();
    int skip = signed[0] == 0 ? 1 : 0;
    return bytes(field, Bytes.of(signed, skip, signed.length - skip));
  }

  /// Text in UTF-8; empty is left out.
  public CanonicalWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /// A nested message given by its encoded bytes; written even when it has none, so presence is
  /// visible.
  public CanonicalWriter message(int field, byte[] encoded) {
    return write(field, o -> o.writeByteArray(field, encoded));
  }

  /// A repeated message or bytes field: one entry an element, empty ones too.
  public <T> CanonicalWriter list(int field, List<T> values, Function<? super T, byte[]> encode) {
    if (values.isEmpty()) {
      return this;
    }
    Check.that(field > last, "field " + field + " after " + last);
    last = field;
    for (T value : values) {
      append(o -> o.writeByteArray(field, encode.apply(value)));
    }
    return this;
  }

  /// A repeated unsigned 64-bit scalar, packed.
  public CanonicalWriter packed(int field, List<Long> values) {
    if (values.isEmpty()) {
      return this;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    CodedOutputStream inner = CodedOutputStream.newInstance(packed);
    try {
      for (long value : values) {
        inner.writeUInt64NoTag(value);
      }
      inner.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return write(field, o -> o.writeByteArray(field, packed.toByteArray()));
  }

  /// The message.
  public byte[] toBytes() {
    append(CodedOutputStream::flush);
    return bytes.toByteArray();
  }
}
