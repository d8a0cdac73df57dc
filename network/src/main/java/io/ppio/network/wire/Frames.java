package io.ppio.network.wire;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Envelopes on a byte stream: `uvarint(len E) ‖ E ‖ payload` (network specification 1.7).
///
/// The payload stays outside protobuf so that pieces are not copied through it; whoever reads an
/// envelope takes [Envelope#payloadLength] bytes from the stream next. Every length is compared
/// with its limit before anything is allocated.
public final class Frames {
  /// Largest encoded envelope in bytes.
  public static final int ENVELOPE_MAX = 64 << 10;

  /// Largest payload in bytes.
  public static final int PAYLOAD_MAX = 1 << 20;

  /// Largest body in bytes: what is left of an envelope beside its other fields at their longest.
  public static final int BODY_MAX = ENVELOPE_MAX - 320;

  /// Bytes that the length of an envelope may take.
  private static final int LENGTH_BYTES_MAX = 4;

  private Frames() {}

  /// Where the bytes come from.
  ///
  /// @param <X> how reading fails
  @FunctionalInterface
  public interface Source<X extends Exception> {
    /// Fills `target`, waiting for the bytes.
    ///
    /// @return false when the stream ended in order before the first byte
    /// @throws X when it broke or ended within `target`
    boolean fill(ByteBuffer target) throws X, InterruptedException;
  }

  /// `uvarint(len E) ‖ E`; the payload is written behind it by the caller.
  public static ByteBuffer head(Envelope envelope) {
    Bytes encoded = envelope.encode();
    ByteBuffer frame = ByteBuffer.allocate(LENGTH_BYTES_MAX + encoded.size());
    int length = encoded.size();
    while (length > 0x7f) {
      frame.put((byte) (length | 0x80));
      length >>>= 7;
    }
    return frame.put((byte) length).put(encoded.buffer()).flip();
  }

  /// Reads the next envelope; empty at the orderly end of the stream.
  ///
  /// @throws Violation for anything that is no envelope, or one that exceeds a limit
  public static <X extends Exception> Optional<Envelope> read(Source<X> source)
      throws X, Violation, InterruptedException {
    int length = length(source);
    if (length < 0) {
      return Optional.empty();
    }
    if (length > ENVELOPE_MAX) {
      throw new Violation(Status.FRAME_TOO_LARGE, "envelope over the limit");
    }
    byte[] encoded = new byte[length];
    if (length > 0 && !source.fill(ByteBuffer.wrap(encoded))) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "stream ends within a frame");
    }
    try {
      return Optional.of(Envelope.decode(Bytes.of(encoded)));
    } catch (MalformedMessage e) {
      Violation violation = new Violation(Status.PROTOCOL_VIOLATION, "no envelope");
      violation.initCause(e);
      throw violation;
    }
  }

  private static <X extends Exception> int length(Source<X> source)
      throws X, Violation, InterruptedException {
    byte[] one = new byte[1];
    int value = 0;
    for (int i = 0; i < LENGTH_BYTES_MAX; i++) {
      if (!source.fill(ByteBuffer.wrap(one))) {
        if (i == 0) {
          return -1;
        }
        throw new Violation(Status.PROTOCOL_VIOLATION, "stream ends within a length");
      }
      value |= (one[0] & 0x7f) << (7 * i);
      if (one[0] >= 0) {
        return value;
      }
    }
    throw new Violation(Status.FRAME_TOO_LARGE, "length of an envelope over 4 bytes");
  }
}
