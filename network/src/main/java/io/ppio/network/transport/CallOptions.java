package io.ppio.network.transport;

import io.ppio.env.Deadline;
import io.ppio.network.wire.Priority;
import java.nio.ByteBuffer;
import java.time.Duration;

/// How a request is sent.
///
/// @param within time for the whole exchange; zero for the default of the method
/// @param priority class of the exchange in both directions
/// @param payload raw bytes behind the body, at most 1 MiB; they must not change until the call has
///   returned, nor afterwards if it failed
/// @param trace correlation number for logs; 0 for none
public record CallOptions(Duration within, Priority priority, ByteBuffer payload, long trace) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /// The default deadline of the method, no payload, urgent.
  public static final CallOptions DEFAULT =
      new CallOptions(Duration.ZERO, Priority.URGENT, NOTHING, 0);

  /// The same with `limit` for the whole exchange.
  public CallOptions within(Duration limit) {
    return new CallOptions(limit, priority, payload, trace);
  }

  /// The same with what is left until `deadline`, so that a hop subtracts the time it took itself.
  public CallOptions until(Deadline deadline) {
    Duration left = deadline.left();
    return within(left.isZero() ? Duration.ofNanos(1) : left);
  }

  /// The same in class `newPriority`.
  public CallOptions priority(Priority newPriority) {
    return new CallOptions(within, newPriority, payload, trace);
  }

  /// The same with `newPayload`.
  public CallOptions payload(ByteBuffer newPayload) {
    return new CallOptions(within, priority, newPayload, trace);
  }

  /// The same with a correlation number.
  public CallOptions trace(long newTrace) {
    return new CallOptions(within, priority, payload, newTrace);
  }
}
