package io.ppio.network.transport;

import io.ppio.env.Permits;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// A streamed answer that the caller reads at its own pace; a caller that does not read stops the
/// sender. Owned by one task, except for [#cancel].
public final class ItemStream implements AutoCloseable {
  private final Tunnel connection;
  private final Method method;
  private final MuxStream stream;
  private final Permits inflight;
  private boolean ended;
  private boolean closed;

  ItemStream(Tunnel connection, Method method, MuxStream stream, Permits inflight) {
    this.connection = connection;
    this.method = method;
    this.stream = stream;
    this.inflight = inflight;
  }

  /// Waits for the next item; empty at the orderly end.
  ///
  /// @throws CallFailed when the peer ended it with a failure, it was cancelled, the connection
  ///   broke or the deadline of the exchange passed
  public Optional<Reply> next() throws CallFailed, InterruptedException {
    if (ended) {
      return Optional.empty();
    }
    try {
      Envelope envelope =
          Frames.read(stream)
              .orElseThrow(() -> new CallFailed(Status.UNAVAILABLE, "answer ends early"));
      ByteBuffer payload = Payloads.read(stream, envelope);
      if (envelope.kind() == Envelope.Kind.STREAM_ITEM && envelope.status() == Status.OK) {
        Payloads.Parts parts = Payloads.fromWire(method, envelope, payload);
        return Optional.of(new Reply(parts.body(), parts.payload()));
      }
      ended = true;
      if (envelope.status() != Status.OK) {
        throw new CallFailed(
            envelope.status(), Duration.ofMillis(envelope.retryAfterMillis()), envelope.detail());
      }
      if (envelope.kind() != Envelope.Kind.STREAM_END) {
        throw new Violation(Status.PROTOCOL_VIOLATION, "no item where one was due");
      }
      return Optional.empty();
    } catch (Violation e) {
      throw connection.violated(e);
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    }
  }

  /// Ends the exchange for both sides; a waiting [#next] fails. May be called by any task.
  public void cancel() {
    stream.close();
  }

  /// Cancels what is left. Idempotent.
  @Override
  public void close() {
    stream.close();
    if (!closed) {
      closed = true;
      inflight.release(1);
    }
  }
}
