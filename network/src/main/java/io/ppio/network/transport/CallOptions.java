package io.ppio.network.transport;

import io.ppio.network.wire.Priority;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// How a request is sent.
///
/// @param within time for the whole exchange, the default of the method where it is empty; with
///   none left the call fails at once
/// @param priority class of the exchange in both directions
/// @param payload raw bytes behind the body, at most 1 MiB; they must not change until the call has
///   returned, nor afterwards if it failed
/// @param trace number that the logs of caller and service name; 0 for a fresh one
public record CallOptions(
    Optional<Duration> within, Priority priority, ByteBuffer payload, long trace) {
  /// The default deadline of the method, no payload, urgent.
  public static final CallOptions DEFAULT =
      new CallOptions(Optional.empty(), Priority.URGENT, Message.NO_PAYLOAD, 0);

  /// The same with `limit` for the whole exchange.
  public CallOptions within(Duration limit) {
    return new CallOptions(Optional.of(limit), priority, payload, trace);
  }

  /// The same for the bytes of a file that somebody waits for.
  public CallOptions forFile() {
    return new CallOptions(within, Priority.FILE, payload, trace);
  }

  /// The same for what nobody waits for.
  public CallOptions inBackground() {
    return new CallOptions(within, Priority.BACKGROUND, payload, trace);
  }

  /// The same with `newPayload`.
  public CallOptions payload(ByteBuffer newPayload) {
    return new CallOptions(within, priority, newPayload, trace);
  }

  /// The same on behalf of a request that has `newTrace`.
  public CallOptions trace(long newTrace) {
    return new CallOptions(within, priority, payload, newTrace);
  }
}
