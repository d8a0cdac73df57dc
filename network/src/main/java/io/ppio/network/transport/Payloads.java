package io.ppio.network.transport;

import io.ppio.env.Bytes;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;

/// Where the body of a message travels: in the envelope, or as raw payload where `INDEX` and
/// `PROOF` have more than [#SPILL] bytes of it (network specification 1.7).
final class Payloads {
  static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private static final int SPILL = 32 << 10;

  private Payloads() {}

  /// Body and payload as they are sent, or as they are read.
  record Parts(Bytes body, ByteBuffer payload) {}

  static Parts toWire(Method method, Bytes body, ByteBuffer payload) {
    return spills(method) && body.size() > SPILL && !payload.hasRemaining()
        ? new Parts(Bytes.EMPTY, body.buffer())
        : new Parts(body, payload);
  }

  static Parts fromWire(Method method, Envelope envelope, ByteBuffer payload) {
    if (!spills(method) || !envelope.body().isEmpty() || !payload.hasRemaining()) {
      return new Parts(envelope.body(), payload);
    }
    byte[] body = new byte[payload.remaining()];
    payload.get(body);
    return new Parts(Bytes.of(body), NOTHING);
  }

  /// Reads what follows `envelope` on `stream`.
  static ByteBuffer read(MuxStream stream, Envelope envelope)
      throws StreamFailed, InterruptedException {
    if (envelope.payloadLength() == 0) {
      return NOTHING;
    }
    ByteBuffer payload = ByteBuffer.allocate(envelope.payloadLength());
    if (!stream.fill(payload)) {
      throw new StreamFailed(Status.PROTOCOL_VIOLATION, "stream ends before the payload");
    }
    return payload.flip();
  }

  private static boolean spills(Method method) {
    return method == Method.INDEX || method == Method.PROOF;
  }
}
