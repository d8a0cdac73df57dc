package io.ppio.network.transport;

import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Promise;
import io.ppio.network.wire.Priority;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Everything that waits to leave on one link, and the choice of what leaves next.
///
/// Signals (`WINDOW`, `PING`, `RST`) go before data. Among data the most urgent class goes first,
/// but a class that waits earns a tenth of every byte sent and may spend it, so that no class
/// starves (network specification 2.3); within a class streams take turns frame by frame.
///
/// Bytes are not copied: a chunk refers to the sender's buffer until the link has taken it. Safe
/// for use by any number of tasks; one of them is the writer, which calls [#next].
final class SendQueue {
  /// Data bytes given to the link at once: small, because what the link holds no longer obeys
  /// priorities, and large enough that a write is worth its cost.
  static final int BATCH_MAX = 4 * MuxHeader.DATA_MAX;

  /// Signals waiting at most; a peer that provokes more does so on purpose.
  static final int SIGNALS_MAX = 2048;

  private static final int CLASSES = Priority.values().length;
  private static final int SHARE = 10;

  /// What the writer hands to the link in one call.
  record Batch(List<ByteBuffer> parts, List<Promise<Boolean>> taken) {}

  private final Monitor monitor;
  private final ArrayDeque<MuxHeader> signals = new ArrayDeque<>();
  private final List<ArrayDeque<SendStream>> ready = new ArrayList<>();
  private final long[] earned = new long[CLASSES];
  private long ahead;
  private boolean closing;
  private boolean closed;

  SendQueue(Clock clock) {
    this.monitor = new Monitor(clock);
    for (int i = 0; i < CLASSES; i++) {
      ready.add(new ArrayDeque<>());
    }
  }

  /// Queues a signal; false when too many wait, which the caller treats as an attack.
  boolean signal(MuxHeader header) {
    try (var _ = monitor.hold()) {
      if (signals.size() >= SIGNALS_MAX) {
        return false;
      }
      signals.add(header);
      monitor.signalAll();
      return true;
    }
  }

  /// Queues a signal of more credit for what the peer sends on `stream`; where it does not know of
  /// the stream yet, behind the first frame.
  ///
  /// @return false when too many signals wait
  boolean allow(SendStream stream, int credit) {
    try (var _ = monitor.hold()) {
      if ((stream.nextFlags & MuxHeader.SYN) != 0) {
        stream.firstCredit += credit;
        return true;
      }
    }
    return signal(new MuxHeader(MuxHeader.Type.WINDOW, 0, stream.id, credit));
  }

  /// Queues `chunks` behind what waits on `stream`, and with `fin` its end.
  ///
  /// @throws StreamFailed when the stream was reset or the link has ended
  void send(SendStream stream, List<SendStream.Chunk> chunks, boolean fin) throws StreamFailed {
    try (var _ = monitor.hold()) {
      if (closed || closing) {
        throw new StreamFailed(Status.UNAVAILABLE, "link ended");
      }
      StreamFailed failure = stream.failure;
      if (failure != null) {
        throw new StreamFailed(failure.status(), "stream was reset");
      }
      Check.that(!stream.finAsked, "sending after the end of the stream");
      stream.chunks.addAll(chunks);
      stream.finAsked = fin;
      enqueue(stream);
    }
  }

  /// Adds what the peer grants.
  ///
  /// @return false when the sum is absurd
  boolean grant(SendStream stream, int credit) {
    try (var _ = monitor.hold()) {
      stream.credit += Integer.toUnsignedLong(credit);
      enqueue(stream);
      return stream.credit <= Integer.MAX_VALUE;
    }
  }

  /// Adds what the peer grants in advance, for streams to come.
  ///
  /// @return false when the sum is absurd
  boolean ahead(int credit) {
    try (var _ = monitor.hold()) {
      ahead += Integer.toUnsignedLong(credit);
      return ahead <= Integer.MAX_VALUE;
    }
  }

  private void enqueue(SendStream stream) {
    if (!stream.queued && stream.ready()) {
      stream.queued = true;
      ready.get(stream.priority.code()).add(stream);
      monitor.signalAll();
    }
  }

  /// Forgets what waits on `stream`; senders that wait for it fail with `failure`.
  ///
  /// @return whether the end of the stream had been sent before
  boolean abandon(SendStream stream, StreamFailed failure) {
    List<SendStream.Chunk> dropped;
    boolean finished;
    try (var _ = monitor.hold()) {
      finished = stream.finSent;
      if (stream.failure == null) {
        stream.failure = failure;
      }
      dropped = List.copyOf(stream.chunks);
      stream.chunks.clear();
    }
    for (SendStream.Chunk chunk : dropped) {
      if (chunk.taken() != null) {
        chunk.taken().fail(failure);
      }
    }
    return finished;
  }

  /// Whether no frame of `stream` has left yet, so that the peer does not know of it.
  boolean untold(SendStream stream) {
    try (var _ = monitor.hold()) {
      return (stream.nextFlags & MuxHeader.SYN) != 0;
    }
  }

  /// Waits for something to send; an empty batch means that the queue is closed and the writer
  /// done.
  Batch next() throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!closed && !closing && signals.isEmpty() && !anyReady()) {
        monitor.await();
      }
      Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
      if (!closed) {
        fill(batch);
      }
      return batch;
    }
  }

  private boolean anyReady() {
    for (ArrayDeque<SendStream> streams : ready) {
      prune(streams);
      if (!streams.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Removes streams from the head that were reset while they waited for their turn.
  private static void prune(ArrayDeque<SendStream> streams) {
    while (!streams.isEmpty() && !streams.getFirst().ready()) {
      streams.removeFirst().queued = false;
    }
  }

  private void fill(Batch batch) {
    if (!signals.isEmpty()) {
      ByteBuffer heads = ByteBuffer.allocate(signals.size() * MuxHeader.SIZE);
      signals.forEach(s -> s.encode(heads));
      signals.clear();
      batch.parts().add(heads.flip());
    }
    int data = 0;
    while (data < BATCH_MAX) {
      int chosen = choose();
      if (chosen < 0) {
        break;
      }
      data += frame(chosen, batch);
    }
  }

  /// The class to serve next, or -1: a lower one that has earned a whole frame, else the first that
  /// has something.
  private int choose() {
    int first = -1;
    for (int c = 0; c < CLASSES; c++) {
      ArrayDeque<SendStream> streams = ready.get(c);
      prune(streams);
      if (streams.isEmpty()) {
        earned[c] = 0;
      } else if (first < 0) {
        first = c;
      } else if (earned[c] >= MuxHeader.DATA_MAX) {
        earned[c] -= MuxHeader.DATA_MAX;
        return c;
      }
    }
    return first;
  }

  /// Takes one frame from the head of class `c`.
  private int frame(int c, Batch batch) {
    ArrayDeque<SendStream> streams = ready.get(c);
    SendStream stream = streams.removeFirst();
    stream.queued = false;
    ByteBuffer head = ByteBuffer.allocate(MuxHeader.SIZE);
    batch.parts().add(head);
    int limit = (int) Math.min(MuxHeader.DATA_MAX, stream.credit);
    int length = 0;
    while (!stream.chunks.isEmpty()) {
      ByteBuffer bytes = stream.chunks.getFirst().bytes();
      if (bytes.hasRemaining() && length == limit) {
        break;
      }
      int take = Math.min(limit - length, bytes.remaining());
      batch.parts().add(bytes.slice(bytes.position(), take));
      bytes.position(bytes.position() + take);
      length += take;
      if (!bytes.hasRemaining()) {
        Promise<Boolean> taken = stream.chunks.removeFirst().taken();
        if (taken != null) {
          batch.taken().add(taken);
        }
      }
    }
    stream.credit -= length;
    int flags = stream.nextFlags;
    stream.nextFlags = 0;
    if (stream.finAsked && stream.chunks.isEmpty()) {
      stream.finSent = true;
      flags |= MuxHeader.FIN;
    }
    new MuxHeader(MuxHeader.Type.DATA, flags, stream.id, length).encode(head);
    head.flip();
    if (stream.firstCredit > 0) {
      window(batch, 0, stream.id, stream.firstCredit);
      stream.firstCredit = 0;
    }
    if ((flags & MuxHeader.SYN) != 0) {
      takeAhead(batch, stream);
    }
    for (int other = 0; other < CLASSES; other++) {
      earned[other] = Math.min(earned[other] + length / SHARE, 2L * MuxHeader.DATA_MAX);
    }
    if (stream.ready()) {
      stream.queued = true;
      streams.addLast(stream);
    }
    return MuxHeader.SIZE + length;
  }

  /// Lets `stream`, whose first frame is in `batch`, take of the credit in advance what it needs.
  private void takeAhead(Batch batch, SendStream stream) {
    int waiting = stream.chunks.stream().mapToInt(chunk -> chunk.bytes().remaining()).sum();
    int taken = (int) Math.min(ahead, Math.max(0, waiting - stream.credit));
    if (taken > 0) {
      window(batch, MuxHeader.SYN, stream.id, taken);
      stream.credit += taken;
      ahead -= taken;
    }
  }

  private static void window(Batch batch, int flags, int stream, int credit) {
    ByteBuffer head = ByteBuffer.allocate(MuxHeader.SIZE);
    new MuxHeader(MuxHeader.Type.WINDOW, flags, stream, credit).encode(head);
    batch.parts().add(head.flip());
  }

  /// Lets the writer send what is ready and then end.
  void finish() {
    try (var _ = monitor.hold()) {
      closing = true;
      monitor.signalAll();
    }
  }

  /// Drops everything and ends the writer. The owner fails the streams.
  void close() {
    try (var _ = monitor.hold()) {
      closed = true;
      signals.clear();
      monitor.signalAll();
    }
  }
}
