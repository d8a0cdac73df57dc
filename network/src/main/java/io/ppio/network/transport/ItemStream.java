package io.ppio.network.transport;

import io.ppio.env.Permits;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.time.Duration;
import java.util.Optional;

/// A streamed answer that the caller reads at its own pace; a caller that does not read stops the
/// sender. Owned by one task.
public final class ItemStream implements AutoCloseable {
  private final Tunnel tunnel;
  private final Method method;
  private final MuxStream stream;
  private final Permits inflight;
  private boolean ended;
  private boolean closed;

  ItemStream(Tunnel tunnel, Method method, MuxStream stream, Permits inflight) {
    this.tunnel = tunnel;
    this.method = method;
    this.stream = stream;
    this.inflight = inflight;
  }

  /// Waits for the next item; empty at the orderly end.
  ///
  /// @throws CallFailed when the peer ended it with a failure, the tunnel ended or the deadline of
  ///   the exchange passed
  public Optional<Reply> next() throws CallFailed, InterruptedException {
    if (ended) {
      return Optional.empty();
    }
    try {
      Envelope envelope =
          Frames.read(stream)
              .orElseThrow(() -> new CallFailed(Status.UNAVAILABLE, "answer ends early"));
      Message message = Message.read(stream, envelope, method);
      if (envelope.kind() == Envelope.Kind.STREAM_ITEM && envelope.status() == Status.OK) {
        return Optional.of(message.reply());
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
      throw tunnel.violated(e);
    } catch (StreamFailed e) {
      throw new CallFailed(e);
    }
  }

  /// Ends the exchange for both sides. Idempotent.
  @Override
  public void close() {
    stream.close();
    if (!closed) {
      closed = true;
      inflight.release(1);
    }
  }
}
