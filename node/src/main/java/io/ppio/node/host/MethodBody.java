package io.ppio.node.host;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;

/// The outer form of INDEX, LANE and PROOF messages: which of them, and its bytes (network
/// specification 1.10).
///
/// Requests and one-way messages have it; an answer is the bare message, since who asked knows what
/// comes: `Receipt1` for PROOF 1, a signature for 2, an empty one for LANE 1 and 2, a signed
/// `Reveal` for LANE 4.
///
/// @param kind number within the method
public record MethodBody(int kind, Bytes body) {
  /// Longest inner message: what one frame carries beside the envelope.
  private static final int BODY_MAX = 1 << 20;

  private static final int KIND_MAX = 255;

  /// The encoded form.
  public Bytes encode() {
    return Bytes.of(new CanonicalWriter().u32(1, kind).bytes(2, body).toBytes());
  }

  /// Reads the encoded form.
  public static MethodBody decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    MethodBody message = new MethodBody(in.u32(1, KIND_MAX), in.bytes(2, BODY_MAX));
    in.end();
    return message;
  }
}
