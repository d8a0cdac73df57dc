package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The receiving side of one stream: what has arrived, and how much more the peer may send.
///
/// The peer is never told of more credit than there is memory for. The window starts at
/// [#WINDOW_FIRST], which is set aside for every stream there can be; what it grows by is taken
/// from the memory of the link before the peer hears of it. It grows when the reader wants more at
/// once, up to [#WINDOW_WANTED], and doubles up to [#WINDOW_MAX] where a whole window is read
/// within two round trips: the sender must have waited for credit longer than one (network
/// specification 2.3). Credit is given back when a quarter of a window has been read, less where
/// the stream has more than its share of the memory. A stream may also begin with credit that the
/// peer was given in advance, see [Mux]. A reader that does not read gives no credit, so it stops
/// its own stream and no other.
///
/// What there is of a window: bytes the peer may send (credit), bytes that wait (buffered), and
/// bytes that were read and not given back.
///
/// Safe for use by any number of tasks; one delivers and one reads.
final class ReceiveStream {
  static final int WINDOW_FIRST = 4 << 10;
  static final int WINDOW_WANTED = 256 << 10;

  /// Less than the memory of a link: one reader that stops leaves something for the others.
  static final int WINDOW_MAX = 3 << 20;

  private final Clock clock;
  private final Monitor monitor;
  private final AtomicInteger room;
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
  private int buffered;
  private int window = WINDOW_FIRST;
  private int credit = WINDOW_FIRST;
  private int read;
  private int largest;
  private int begunWith;
  private long grantedAt;
  private boolean finished;
  private @Nullable StreamFailed failure;

  /// @param room bytes by which the windows of all streams of the link may still grow
  ReceiveStream(Clock clock, AtomicInteger room) {
    this.clock = clock;
    this.room = room;
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
      if (finished) {
        keep(buffered);
      }
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

  /// Credit to give now, 0 if none.
  ///
  /// @param wanted bytes that the reader will take next
  /// @param rttNanos smoothed round trip, 0 while unknown
  /// @param share window of a stream when all of the link have the same
  int grant(int wanted, long rttNanos, int share) {
    try (var _ = monitor.hold()) {
      boolean due = read >= window / 4;
      boolean starved = wanted > window && credit + buffered < wanted;
      if (finished || failure != null || !(due || starved)) {
        return 0;
      }
      long now = clock.nanos();
      int target = window;
      if (starved) {
        target = Math.max(window + WINDOW_FIRST, Math.min(wanted, WINDOW_WANTED));
      }
      if (due && now - grantedAt < rttNanos / 2) {
        target = Math.max(target, 2 * window);
      }
      int most = starved ? WINDOW_MAX : Math.min(share, WINDOW_MAX);
      int grown = resize(Math.min(target, most));
      int added = due || grown > 0 ? read + grown : 0;
      if (added > 0) {
        grantedAt = now;
        credit += added;
        read = 0;
      }
      return added;
    }
  }

  /// Brings the window to `target` as far as memory and the bytes read allow.
  ///
  /// @return how much it grew
  private int resize(int target) {
    if (target < window) {
      int less = Math.min(window - target, read);
      read -= less;
      window -= less;
      room.addAndGet(less);
      return 0;
    }
    int more = target - window;
    int free = room.getAndUpdate(there -> there - Math.min(there, more));
    int grown = Math.min(free, more);
    window += grown;
    largest = Math.max(largest, window);
    return grown;
  }

  /// The peer sends `count` bytes more from the credit it was given in advance.
  ///
  /// @return whether the stream has not ended yet
  boolean begin(int count) {
    try (var _ = monitor.hold()) {
      if (finished || failure != null) {
        return false;
      }
      begunWith += count;
      credit += count;
      window += count;
      largest = Math.max(largest, window);
      return true;
    }
  }

  /// Credit that the peer had in advance for it, told once.
  int begunWith() {
    try (var _ = monitor.hold()) {
      int told = begunWith;
      begunWith = 0;
      return told;
    }
  }

  /// The window when it was largest; 0 if it never grew.
  int largest() {
    try (var _ = monitor.hold()) {
      return largest;
    }
  }

  /// Gives back the memory beyond `needed` bytes, because the peer sends no more.
  private void keep(int needed) {
    int kept = Math.max(WINDOW_FIRST, needed);
    if (kept < window) {
      room.addAndGet(window - kept);
      window = kept;
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
    keep(0);
    monitor.signalAll();
    return dropped;
  }

  /// Whether the peer has sent its end.
  boolean finished() {
    try (var _ = monitor.hold()) {
      return finished;
    }
  }
}
