package io.ppio.network.transport;

import io.ppio.crypto.canonical.Coded;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.nio.ByteBuffer;

/// The 12 bytes before everything on a multiplexed link (network specification 2.3).
///
/// `version 1 ‖ type (1) ‖ flags (2) ‖ stream (4) ‖ length (4)`, big endian. `length` is the number
/// of bytes that follow for `DATA`, the added credit for `WINDOW`, a number to be returned for
/// `PING`, a status code for `RST` (0: the sender lost interest).
///
/// @param flags sum of [#SYN], [#FIN], [#ACK]
record MuxHeader(Type type, int flags, int stream, int length) {
  /// Bytes of a header.
  static final int SIZE = 12;

  /// Most bytes in one `DATA` frame; a more urgent message waits for no more than this.
  static final int DATA_MAX = 16 << 10;

  /// First frame of a stream.
  static final int SYN = 1;

  /// Last bytes in this direction.
  static final int FIN = 2;

  /// First frame of the answering side of a stream; the answer to a `PING`.
  static final int ACK = 4;

  private static final int VERSION = 1;
  private static final int FLAGS = SYN | FIN | ACK;

  enum Type implements Coded {
    DATA(0),
    WINDOW(1),
    PING(2),
    RST(3);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  private static final Type[] TYPES = Type.values();

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  void encode(ByteBuffer target) {
    target.put((byte) VERSION).put((byte) type.code()).putShort((short) flags);
    target.putInt(stream).putInt(length);
  }

  /// Takes [#SIZE] bytes from `source`.
  static MuxHeader decode(ByteBuffer source) throws Violation {
    int version = source.get();
    int type = source.get() & 0xff;
    int flags = source.getShort() & 0xffff;
    int stream = source.getInt();
    int length = source.getInt();
    if (version != VERSION || type >= TYPES.length || (flags & ~FLAGS) != 0 || stream < 0) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "no multiplexer header");
    }
    if (type == Type.DATA.code() && (length < 0 || length > DATA_MAX)) {
      throw new Violation(Status.FRAME_TOO_LARGE, "data frame over the limit");
    }
    return new MuxHeader(TYPES[type], flags, stream, length);
  }
}
