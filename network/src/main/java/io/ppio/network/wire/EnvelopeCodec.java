package io.ppio.network.wire;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;

/// Bytes of an [Envelope]: canonical protobuf, fields 1 to 11 in the order of its components.
final class EnvelopeCodec {
  private static final Envelope.Kind[] KINDS = Envelope.Kind.values();
  private static final Priority[] PRIORITIES = Priority.values();

  private EnvelopeCodec() {}

  static byte[] encode(Envelope envelope) {
    return new CanonicalWriter()
        .u32(1, envelope.kind().code())
        .u64(2, envelope.id())
        .u32(3, envelope.method().id())
        .u32(4, (int) envelope.deadlineMillis())
        .s32(5, envelope.status().code())
        .u32(6, envelope.priority().code())
        .u32(7, envelope.payloadLength())
        .bytes(8, envelope.body())
        .u32(9, (int) envelope.retryAfterMillis())
        .u64(10, envelope.trace())
        .string(11, envelope.detail())
        .toBytes();
  }

  /// @throws MalformedMessage for anything but an envelope
  /// @throws Violation when it announces a payload over the limit
  static Envelope decode(byte[] encoded) throws MalformedMessage, Violation {
    CanonicalReader in = new CanonicalReader(encoded);
    Envelope.Kind kind = kind(in.u32(1, KINDS.length));
    long id = in.u64(2);
    Method method = Method.of(in.u32(3));
    long deadline = Integer.toUnsignedLong(in.u32(4));
    if (deadline == 0 && kind == Envelope.Kind.REQUEST) {
      throw new MalformedMessage("request without deadline");
    }
    Status status = Status.of(in.s32(5));
    Priority priority = PRIORITIES[in.u32(6, PRIORITIES.length - 1)];
    long payload = Integer.toUnsignedLong(in.u32(7));
    if (payload > Frames.PAYLOAD_MAX) {
      throw new Violation(Status.FRAME_TOO_LARGE, "payload over the limit");
    }
    Bytes body = in.bytes(8, Frames.BODY_MAX);
    long retryAfter = Integer.toUnsignedLong(in.u32(9));
    long trace = in.u64(10);
    String detail = in.string(11, Envelope.DETAIL_MAX);
    in.end();
    return new Envelope(
        kind,
        id,
        method,
        deadline,
        status,
        priority,
        (int) payload,
        body,
        retryAfter,
        trace,
        detail);
  }

  private static Envelope.Kind kind(int code) throws MalformedMessage {
    if (code == 0) {
      throw new MalformedMessage("envelope without kind");
    }
    return KINDS[code - 1];
  }
}
