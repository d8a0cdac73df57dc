package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The receiving side of one stream: what has arrived, and how much more the peer may send.
///
/// The window starts at [#WINDOW_FIRST]. Credit is given back when half of it has been read; where
/// a whole window is read within two round trips the sender must have waited for credit longer than
/// one, and the window doubles up to [#WINDOW_MAX] (network specification 2.3). A reader that does
/// not read gives no credit, so it stops its own stream and no other.
///
/// Safe for use by any number of tasks; one delivers and one reads.
final class ReceiveStream {
  static final int WINDOW_FIRST = 256 << 10;
  static final int WINDOW_MAX = 4 << 20;

  private final Clock clock;
  private final Monitor monitor;
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
  private int buffered;
  private int window = WINDOW_FIRST;
  private int credit = WINDOW_FIRST;
  private int read;
  private long grantedAt;
  private boolean finished;
  private @Nullable StreamFailed failure;

  ReceiveStream(Clock clock) {
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.grantedAt = clock.nanos();
  }

  /// Adds bytes that arrived, and with `fin` the end.
  ///
  /// @return whether they were kept; not so when the stream has failed
  /// @throws Violation when the peer sends more than its credit or goes on after the end
  boolean deliver(ByteBuffer bytes, boolean fin) throws Violation {
    try (var _ = monitor.hold()) {
      if (failure != null) {
        return false;
      }
      if (finished || bytes.remaining() > credit) {
        throw new Violation(
            Status.PROTOCOL_VIOLATION, finished ? "data after the end" : "data beyond the credit");
      }
      credit -= bytes.remaining();
      buffered += bytes.remaining();
      if (bytes.hasRemaining()) {
        chunks.add(bytes);
      }
      finished = fin;
      monitor.signalAll();
      return true;
    }
  }

  /// Moves up to `target.remaining()` bytes into `target`, waiting for the first.
  ///
  /// @return their number, or -1 at the end of the stream
  /// @throws StreamFailed when the stream was reset, the link ended, or `deadline` passed
  int take(ByteBuffer target, Deadline deadline) throws StreamFailed, InterruptedException {
    try (var _ = monitor.hold()) {
      while (chunks.isEmpty() && failure == null && !finished) {
        if (!monitor.await(deadline) && deadline.passed()) {
          throw new StreamFailed(Status.DEADLINE, "nothing arrived in time");
        }
      }
      StreamFailed reason = failure;
      if (chunks.isEmpty() && reason != null) {
        throw new StreamFailed(reason.status(), String.valueOf(reason.getMessage()));
      }
      if (chunks.isEmpty()) {
        return -1;
      }
      int moved = 0;
      while (target.hasRemaining() && !chunks.isEmpty()) {
        ByteBuffer first = chunks.getFirst();
        int part = Math.min(first.remaining(), target.remaining());
        target.put(first.slice(first.position(), part));
        first.position(first.position() + part);
        moved += part;
        if (!first.hasRemaining()) {
          chunks.removeFirst();
        }
      }
      buffered -= moved;
      read += moved;
      return moved;
    }
  }

  /// Credit to give back now, 0 if not yet.
  ///
  /// @param rttNanos smoothed round trip, 0 while unknown
  /// @param room bytes by which the window may grow
  int grant(long rttNanos, int room) {
    try (var _ = monitor.hold()) {
      if (finished || failure != null || read < window / 2) {
        return 0;
      }
      long now = clock.nanos();
      int added = read;
      if (now - grantedAt < rttNanos && window < WINDOW_MAX && window <= room) {
        added += window;
        window *= 2;
      }
      grantedAt = now;
      read = 0;
      credit += added;
      return added;
    }
  }

  /// Ends the stream because its link has ended; what arrived before can still be read, a rejection
  /// for example.
  void cut(StreamFailed reason) {
    try (var _ = monitor.hold()) {
      if (!finished && failure == null) {
        failure = reason;
        monitor.signalAll();
      }
    }
  }

  /// Ends the stream with a failure; what arrived before is dropped unless all of it did.
  ///
  /// @return bytes dropped
  int fail(StreamFailed reason) {
    try (var _ = monitor.hold()) {
      if (finished || failure != null) {
        return 0;
      }
      failure = reason;
      return drop();
    }
  }

  /// The reader has left: drops what is there and whatever comes.
  ///
  /// @return bytes dropped
  int leave(StreamFailed reason) {
    try (var _ = monitor.hold()) {
      if (failure == null) {
        failure = reason;
      }
      return drop();
    }
  }

  private int drop() {
    int dropped = buffered;
    chunks.clear();
    buffered = 0;
    monitor.signalAll();
    return dropped;
  }

  /// Whether the peer has sent its end.
  boolean finished() {
    try (var _ = monitor.hold()) {
      return finished;
    }
  }

  /// Bytes that wait for the reader.
  int buffered() {
    try (var _ = monitor.hold()) {
      return buffered;
    }
  }

  /// Bytes by which the window has grown.
  int growth() {
    try (var _ = monitor.hold()) {
      return window - WINDOW_FIRST;
    }
  }
}
