package io.ppio.network.wire;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// The head of every message on a stream (network specification 1.7).
///
/// @param kind what part of an exchange it is
/// @param id request number, unique per link and direction
/// @param method what is asked; [Method#HELLO] where the kind carries none
/// @param deadlineMillis time left to the sender, unsigned; at least 1 in a request
/// @param status how it went, in answers
/// @param priority class of the exchange
/// @param payloadLength raw bytes that follow, at most [Frames#PAYLOAD_MAX]
/// @param body the message of the method, at most [Frames#BODY_MAX] bytes
/// @param retryAfterMillis when to come back, with [Status#OVERLOADED]; 0 otherwise
/// @param trace correlation number for logs
/// @param detail why it failed, at most [#DETAIL_MAX] bytes of UTF-8; no paths, no stack traces
public record Envelope(
    Kind kind,
    long id,
    Method method,
    long deadlineMillis,
    Status status,
    Priority priority,
    int payloadLength,
    Bytes body,
    long retryAfterMillis,
    long trace,
    String detail) {
  /// Longest detail in bytes.
  public static final int DETAIL_MAX = 200;

  /// The largest unsigned 32-bit number.
  private static final long U32_MAX = 0xffff_ffffL;

  private static final Kind[] KINDS = Kind.values();
  private static final Method[] METHODS = Method.values();
  private static final Priority[] PRIORITIES = Priority.values();

  /// The parts of an exchange.
  public enum Kind implements Coded {
    REQUEST(1),
    RESPONSE(2),
    STREAM_ITEM(3),
    STREAM_END(4),
    CANCEL(5),
    ONEWAY(6),
    GOAWAY(7);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  public Envelope {
    Check.range(deadlineMillis, kind == Kind.REQUEST ? 1 : 0, U32_MAX, "deadline");
    Check.range(payloadLength, 0, Frames.PAYLOAD_MAX, "payload");
    Check.range(body.size(), 0, Frames.BODY_MAX, "body");
    Check.range(retryAfterMillis, 0, U32_MAX, "retry after");
    Check.range(detail.length(), 0, DETAIL_MAX, "detail");
  }

  /// A request or one-way message without payload, trace 0.
  public static Envelope asking(
      Kind kind, long id, Method method, long deadlineMillis, Bytes body) {
    return new Envelope(
        kind, id, method, deadlineMillis, Status.OK, Priority.URGENT, 0, body, 0, 0, "");
  }

  /// An answer to request `id` without payload.
  public static Envelope answering(Kind kind, long id, Status status, Bytes body, String detail) {
    return new Envelope(
        kind, id, Method.HELLO, 0, status, Priority.URGENT, 0, body, 0, 0, cut(detail));
  }

  /// The same with `priority`, the length of its payload and a trace.
  public Envelope with(Priority newPriority, int newPayloadLength, long newTrace) {
    return new Envelope(
        kind,
        id,
        method,
        deadlineMillis,
        status,
        newPriority,
        newPayloadLength,
        body,
        retryAfterMillis,
        newTrace,
        detail);
  }

  /// The same with the delay after which the peer may come back.
  public Envelope withRetryAfter(long millis) {
    return new Envelope(
        kind,
        id,
        method,
        deadlineMillis,
        status,
        priority,
        payloadLength,
        body,
        millis,
        trace,
        detail);
  }

  /// Canonical protobuf, fields 1 to 11 in the order of the components.
  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .u32(1, kind.code())
            .u64(2, id)
            .u32(3, method.code())
            .u32(4, (int) deadlineMillis)
            .s32(5, status.code())
            .u32(6, priority.code())
            .u32(7, payloadLength)
            .bytes(8, body)
            .u32(9, (int) retryAfterMillis)
            .u64(10, trace)
            .string(11, detail)
            .toBytes());
  }

  /// The envelope in `encoded`.
  ///
  /// @throws Violation when it announces a payload over the limit
  static Envelope decode(Bytes encoded) throws MalformedMessage, Violation {
    CanonicalReader in = new CanonicalReader(encoded);
    Kind kind = Coded.of(KINDS, in.u32(1));
    long id = in.u64(2);
    Method method = Coded.of(METHODS, in.u32(3));
    long deadline = Integer.toUnsignedLong(in.u32(4));
    if (deadline == 0 && kind == Kind.REQUEST) {
      throw new MalformedMessage("request without deadline");
    }
    Status status = Status.of(in.s32(5));
    Priority priority = Coded.of(PRIORITIES, in.u32(6));
    long payload = Integer.toUnsignedLong(in.u32(7));
    if (payload > Frames.PAYLOAD_MAX) {
      throw new Violation(Status.FRAME_TOO_LARGE, "payload over the limit");
    }
    Bytes body = in.bytes(8, Frames.BODY_MAX);
    long retryAfter = Integer.toUnsignedLong(in.u32(9));
    long trace = in.u64(10);
    String detail = in.string(11, DETAIL_MAX);
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

  /// `detail` in the ASCII characters of its beginning, so that it fits whatever it says.
  private static String cut(String detail) {
    String ascii = detail.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= DETAIL_MAX ? ascii : ascii.substring(0, DETAIL_MAX);
  }
}
