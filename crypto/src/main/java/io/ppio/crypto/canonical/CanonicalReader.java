package io.ppio.crypto.canonical;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads one message in canonical protobuf and refuses every other form of it (consensus
/// specification 2.3).
///
/// The caller asks for the fields in ascending order and then calls [#end]; a field that is not
/// there has its default. Every length is compared with its limit and with what is left before
/// anything is allocated. Throws [MalformedMessage] and nothing else, whatever the bytes are. Owned
/// by one task.
public final class CanonicalReader {
  /// Position of the tenth byte of a varint, which has room for one bit only.
  private static final int LAST_SHIFT = 63;

  private final CodedInputStream in;
  private int tag = -1;

  public CanonicalReader(byte[] message) {
    this.in = CodedInputStream.newInstance(message);
  }

  public CanonicalReader(Bytes message) {
    this.in = CodedInputStream.newInstance(message.buffer());
  }

  /// Decodes one nested message.
  @FunctionalInterface
  public interface Decoder<T> {
    T decode(byte[] encoded) throws MalformedMessage;
  }

  /// Takes the fields of one message, in ascending order.
  @FunctionalInterface
  public interface Body<T> {
    T read(CanonicalReader in) throws MalformedMessage;
  }

  /// Decodes a whole message, every field of which `body` must ask for.
  ///
  /// A value that the constructor of a record refuses is as malformed as one that does not parse:
  /// both throw [MalformedMessage].
  public static <T> T whole(byte[] message, Body<T> body) throws MalformedMessage {
    try {
      CanonicalReader in = new CanonicalReader(message);
      T value = body.read(in);
      in.end();
      return value;
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage(String.valueOf(e.getMessage()));
    }
  }

  private boolean at(int field, int wireType) throws MalformedMessage {
    if (tag < 0) {
      tag = nextTag();
    }
    if (tag == 0 || WireFormat.getTagFieldNumber(tag) > field) {
      return false;
    }
    if (tag != (field << 3 | wireType)) {
      throw new MalformedMessage(
          "unexpected tag " + tag + " where field " + field + " was expected");
    }
    tag = -1;
    return true;
  }

  private int nextTag() throws MalformedMessage {
    try {
      if (in.isAtEnd()) {
        return 0;
      }
      long value = shortestVarint();
      if (value <= 7 || value > 0xffff_ffffL >>> 1) {
        throw new MalformedMessage("bad tag");
      }
      return (int) value;
    } catch (IOException e) {
      throw truncated();
    }
  }

  /// A varint of at most 64 bits in the one form that is allowed: the library would drop what a
  /// tenth byte has beyond bit 63, and so read two encodings as one value.
  private long shortestVarint() throws IOException, MalformedMessage {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readRawByte();
      if (shift == LAST_SHIFT && next != 1) {
        throw new MalformedMessage("integer over 64 bits, or not in its shortest form");
      }
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        if (next == 0 && shift > 0) {
          throw new MalformedMessage("integer not in its shortest form");
        }
        return value;
      }
    }
    throw new MalformedMessage("integer over 64 bits");
  }

  private static MalformedMessage truncated() {
    return new MalformedMessage("message ends early");
  }

  private long varint(int field) throws MalformedMessage {
    if (!at(field, WireFormat.WIRETYPE_VARINT)) {
      return 0;
    }
    try {
      long value = shortestVarint();
      if (value == 0) {
        throw new MalformedMessage("default value written in field " + field);
      }
      return value;
    } catch (IOException e) {
      throw truncated();
    }
  }

  /// An unsigned 64-bit integer.
  public long u64(int field) throws MalformedMessage {
    return varint(field);
  }

  /// An unsigned 32-bit integer, as the int with the same bits.
  public int u32(int field) throws MalformedMessage {
    long value = varint(field);
    if (value >>> 32 != 0) {
      throw new MalformedMessage("field " + field + " exceeds 32 bits");
    }
    return (int) value;
  }

  /// An unsigned 32-bit integer between 0 and `max`.
  ///
  /// @param max at most 2^31 - 1
  public int u32(int field, int max) throws MalformedMessage {
    int value = u32(field);
    if (value < 0 || value > max) {
      throw new MalformedMessage("field " + field + " exceeds " + max);
    }
    return value;
  }

  /// A zigzag signed 32-bit integer.
  public int s32(int field) throws MalformedMessage {
    return CodedInputStream.decodeZigZag32(u32(field));
  }

  /// A boolean.
  public boolean bool(int field) throws MalformedMessage {
    long value = varint(field);
    if (value >>> 1 != 0) {
      throw new MalformedMessage("field " + field + " is no boolean");
    }
    return value == 1;
  }

  private byte[] raw(int field, int max) throws MalformedMessage {
    try {
      long length = shortestVarint();
      if (length < 0 || length > max) {
        throw new MalformedMessage("field " + field + " is longer than " + max + " bytes");
      }
      return in.readRawBytes((int) length);
    } catch (IOException e) {
      throw truncated();
    }
  }

  private byte[] array(int field, int max) throws MalformedMessage {
    if (!at(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
      return new byte[0];
    }
    byte[] value = raw(field, max);
    if (value.length == 0) {
      throw new MalformedMessage("default value written in field " + field);
    }
    return value;
  }

  /// Bytes, at most `max`; empty when absent.
  public Bytes bytes(int field, int max) throws MalformedMessage {
    return Bytes.of(array(field, max));
  }

  /// Exactly `size` bytes, which must be there.
  public Bytes fixedBytes(int field, int size) throws MalformedMessage {
    byte[] value = array(field, size);
    if (value.length != size) {
      throw new MalformedMessage("field " + field + " must have " + size + " bytes");
    }
    return Bytes.of(value);
  }

  /// Exactly `size` bytes, or none.
  public Bytes optionalFixedBytes(int field, int size) throws MalformedMessage {
    byte[] value = array(field, size);
    if (value.length != size && value.length != 0) {
      throw new MalformedMessage("field " + field + " must have " + size + " bytes");
    }
    return Bytes.of(value);
  }

  /// A hash, which must be there.
  public Hash hash(int field) throws MalformedMessage {
    return new Hash(fixedBytes(field, Hash.SIZE));
  }

  /// An amount of at most 2^127 - 1.
  public BigInteger amount(int field) throws MalformedMessage {
    byte[] value = array(field, 16);
    if ((value.length > 0 && value[0] == 0) || (value.length == 16 && value[0] < 0)) {
      throw new MalformedMessage("field " + field + " is no canonical amount");
    }
    return new BigInteger(1, value);
  }

  /// Text of at most `maxBytes` bytes of UTF-8.
  public String string(int field, int maxBytes) throws MalformedMessage {
    byte[] value = array(field, maxBytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedMessage("field " + field + " is not UTF-8");
    }
  }

  /// A nested message of at most `maxBytes`, which must be there.
  public <T> T message(int field, int maxBytes, Decoder<T> decoder) throws MalformedMessage {
    if (!at(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
      throw new MalformedMessage("field " + field + " is missing");
    }
    return decoder.decode(raw(field, maxBytes));
  }

  /// Whether the next field is `field`; for optional nested messages.
  public boolean has(int field) throws MalformedMessage {
    if (tag < 0) {
      tag = nextTag();
    }
    return tag != 0 && WireFormat.getTagFieldNumber(tag) == field;
  }

  /// A repeated message or bytes field with at most `maxCount` elements of at most `maxBytes` each.
  public <T> List<T> list(int field, int maxCount, int maxBytes, Decoder<T> decoder)
      throws MalformedMessage {
    List<T> values = new ArrayList<>();
    while (at(field, WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
      if (values.size() == maxCount) {
        throw new MalformedMessage("field " + field + " has more than " + maxCount + " elements");
      }
      values.add(decoder.decode(raw(field, maxBytes)));
    }
    return List.copyOf(values);
  }

  /// A packed repeated unsigned 64-bit scalar with at most `maxCount` elements.
  public List<Long> packed(int field, int maxCount) throws MalformedMessage {
    byte[] packed = array(field, Math.multiplyExact(maxCount, 10));
    CanonicalReader inner = new CanonicalReader(packed);
    List<Long> values = new ArrayList<>();
    try {
      while (!inner.in.isAtEnd()) {
        if (values.size() == maxCount) {
          throw new MalformedMessage("field " + field + " has more than " + maxCount + " elements");
        }
        values.add(inner.shortestVarint());
      }
    } catch (IOException e) {
      throw truncated();
    }
    return List.copyOf(values);
  }

  /// Requires that every field was asked for.
  public void end() throws MalformedMessage {
    if (tag < 0) {
      tag = nextTag();
    }
    if (tag != 0) {
      throw new MalformedMessage("unknown field " + WireFormat.getTagFieldNumber(tag));
    }
  }

  /// Passes over fields beyond those asked for; only where the specification says that unknown ones
  /// are ignored.
  public void skipRest() throws MalformedMessage {
    try {
      if (tag < 0) {
        tag = nextTag();
      }
      while (tag != 0) {
        int wireType = WireFormat.getTagWireType(tag);
        if (wireType == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
          throw new MalformedMessage("group");
        }
        tag = nextTag();
      }
    } catch (IOException e) {
      throw truncated();
    }
  }
}
