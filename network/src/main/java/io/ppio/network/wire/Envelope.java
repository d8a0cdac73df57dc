package io.ppio.network.wire;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
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
    @Field(1) Kind kind,
    @Field(2) long id,
    @Field(3) Method method,
    @Field(value = 4, max = Envelope.U32_MAX, unit = "ms") long deadlineMillis,
    @Field(value = 5, signed = true) Status status,
    @Field(6) Priority priority,
    @Field(value = 7, unit = "bytes, at most " + Frames.PAYLOAD_MAX) int payloadLength,
    @Field(value = 8, max = Frames.BODY_MAX, unit = "the message") Bytes body,
    @Field(value = 9, max = Envelope.U32_MAX, unit = "ms") long retryAfterMillis,
    @Field(10) long trace,
    @Field(value = 11, max = Envelope.DETAIL_MAX) String detail) {
  /// Longest detail in bytes.
  public static final int DETAIL_MAX = 200;

  /// The largest unsigned 32-bit number.
  static final long U32_MAX = 0xffff_ffffL;

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
    Check.range(newPayloadLength, 0, Frames.PAYLOAD_MAX, "payload");
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

  /// Canonical protobuf.
  Bytes encode() {
    return RecordCodec.bytes(this);
  }

  /// The envelope in `encoded`.
  ///
  /// @throws Violation when it announces a payload over the limit
  static Envelope decode(Bytes encoded) throws MalformedMessage, Violation {
    Envelope envelope = RecordCodec.decode(Envelope.class, encoded);
    if (Integer.compareUnsigned(envelope.payloadLength, Frames.PAYLOAD_MAX) > 0) {
      throw new Violation(Status.FRAME_TOO_LARGE, "payload over the limit");
    }
    return envelope;
  }

  /// `detail` in the ASCII characters of its beginning, so that it fits whatever it says.
  private static String cut(String detail) {
    String ascii = detail.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= DETAIL_MAX ? ascii : ascii.substring(0, DETAIL_MAX);
  }
}
