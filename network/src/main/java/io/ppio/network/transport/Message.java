package io.ppio.network.transport;

import io.ppio.env.Bytes;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;

/// What an envelope carries: the body of the method, and raw bytes behind it.
///
/// On the wire, bodies of `INDEX` and `PROOF` over [#SPILL] bytes travel as payload (network
/// specification 1.7).
record Message(Bytes body, ByteBuffer payload) {
  static final ByteBuffer NO_PAYLOAD = ByteBuffer.allocate(0).asReadOnlyBuffer();
  static final Message EMPTY = new Message(Bytes.EMPTY, NO_PAYLOAD);

  private static final int SPILL = 32 << 10;

  /// As it is sent for `method`.
  Message toWire(Method method) {
    return spills(method) && body.size() > SPILL && !payload.hasRemaining()
        ? new Message(Bytes.EMPTY, body.buffer())
        : this;
  }

  /// Reads what follows `envelope` on `stream`, in an exchange of `method`.
  static Message read(MuxStream stream, Envelope envelope, Method method)
      throws StreamFailed, InterruptedException {
    if (envelope.payloadLength() == 0) {
      return new Message(envelope.body(), NO_PAYLOAD);
    }
    ByteBuffer payload = ByteBuffer.allocate(envelope.payloadLength());
    if (!stream.fill(payload)) {
      throw new StreamFailed(Status.PROTOCOL_VIOLATION, "stream ends before the payload");
    }
    return spills(method) && envelope.body().isEmpty()
        ? new Message(Bytes.of(payload.array()), NO_PAYLOAD)
        : new Message(envelope.body(), payload.flip());
  }

  /// As the asking side sees it.
  Reply reply() {
    return new Reply(body, payload);
  }

  private static boolean spills(Method method) {
    return method == Method.INDEX || method == Method.PROOF;
  }
}
