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
  record Batch(List<ByteBuffer> parts, List<Promise<Boolean>> taken, int frames) {}

  private final Monitor monitor;
  private final ArrayDeque<MuxHeader> signals = new ArrayDeque<>();
  private final List<ArrayDeque<SendStream>> ready = new ArrayList<>();
  private final long[] earned = new long[CLASSES];
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
    monitor.lock();
    try {
      if (signals.size() >= SIGNALS_MAX) {
        return false;
      }
      signals.add(header);
      monitor.signalAll();
      return true;
    } finally {
      monitor.unlock();
    }
  }

  /// Queues `chunks` behind what waits on `flow`, and with `fin` its end.
  ///
  /// @throws StreamFailed when the stream was reset or the connection has ended
  void send(SendStream flow, List<SendStream.Chunk> chunks, boolean fin) throws StreamFailed {
    monitor.lock();
    try {
      if (closed || closing) {
        throw new StreamFailed(Status.UNAVAILABLE, "connection ended");
      }
      StreamFailed failure = flow.failure;
      if (failure != null) {
        throw new StreamFailed(failure.status(), "stream was reset");
      }
      Check.that(!flow.finAsked, "sending after the end of the stream");
      flow.chunks.addAll(chunks);
      flow.finAsked = fin;
      enqueue(flow);
    } finally {
      monitor.unlock();
    }
  }

  /// Adds what the peer grants.
  ///
  /// @return false when the sum is absurd
  boolean grant(SendStream flow, int credit) {
    monitor.lock();
    try {
      flow.credit += Integer.toUnsignedLong(credit);
      enqueue(flow);
      return flow.credit <= Integer.MAX_VALUE;
    } finally {
      monitor.unlock();
    }
  }

  private void enqueue(SendStream flow) {
    if (!flow.queued && flow.ready()) {
      flow.queued = true;
      ready.get(flow.priority.code()).add(flow);
      monitor.signalAll();
    }
  }

  /// Forgets what waits on `flow`; senders that wait for it fail with `failure`.
  ///
  /// @return whether the end of the stream had been sent before
  boolean abandon(SendStream flow, StreamFailed failure) {
    List<SendStream.Chunk> dropped;
    boolean finished;
    monitor.lock();
    try {
      finished = flow.finSent;
      if (flow.failure == null) {
        flow.failure = failure;
      }
      dropped = List.copyOf(flow.chunks);
      flow.chunks.clear();
    } finally {
      monitor.unlock();
    }
    for (SendStream.Chunk chunk : dropped) {
      if (chunk.taken() != null) {
        chunk.taken().fail(failure);
      }
    }
    return finished;
  }

  /// Whether no frame of `flow` has left yet, so that the peer does not know of it.
  boolean untold(SendStream flow) {
    monitor.lock();
    try {
      return (flow.nextFlags & MuxHeader.SYN) != 0;
    } finally {
      monitor.unlock();
    }
  }

  /// Waits for something to send; an empty batch means that the queue is closed and the writer
  /// done.
  Batch next() throws InterruptedException {
    monitor.lock();
    try {
      while (!closed && !closing && signals.isEmpty() && !anyReady()) {
        monitor.await();
      }
      Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), 0);
      if (closed) {
        return batch;
      }
      return fill(batch);
    } finally {
      monitor.unlock();
    }
  }

  private boolean anyReady() {
    for (ArrayDeque<SendStream> flows : ready) {
      prune(flows);
      if (!flows.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Removes streams from the head that were reset while they waited for their turn.
  private static void prune(ArrayDeque<SendStream> flows) {
    while (!flows.isEmpty() && !flows.getFirst().ready()) {
      flows.removeFirst().queued = false;
    }
  }

  private Batch fill(Batch batch) {
    int frames = signals.size();
    if (frames > 0) {
      ByteBuffer heads = ByteBuffer.allocate(frames * MuxHeader.SIZE);
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
      frames++;
    }
    return new Batch(batch.parts(), batch.taken(), frames);
  }

  /// The class to serve next, or -1: a lower one that has earned a whole frame, else the first that
  /// has something.
  private int choose() {
    int first = -1;
    for (int c = 0; c < CLASSES; c++) {
      ArrayDeque<SendStream> flows = ready.get(c);
      prune(flows);
      if (flows.isEmpty()) {
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
    ArrayDeque<SendStream> flows = ready.get(c);
    SendStream flow = flows.removeFirst();
    flow.queued = false;
    ByteBuffer head = ByteBuffer.allocate(MuxHeader.SIZE);
    batch.parts().add(head);
    int limit = (int) Math.min(MuxHeader.DATA_MAX, flow.credit);
    int length = 0;
    while (!flow.chunks.isEmpty()) {
      ByteBuffer bytes = flow.chunks.getFirst().bytes();
      if (bytes.hasRemaining() && length == limit) {
        break;
      }
      int take = Math.min(limit - length, bytes.remaining());
      batch.parts().add(bytes.slice(bytes.position(), take));
      bytes.position(bytes.position() + take);
      length += take;
      if (!bytes.hasRemaining()) {
        Promise<Boolean> taken = flow.chunks.removeFirst().taken();
        if (taken != null) {
          batch.taken().add(taken);
        }
      }
    }
    flow.credit -= length;
    int flags = flow.nextFlags;
    flow.nextFlags = 0;
    if (flow.finAsked && flow.chunks.isEmpty()) {
      flow.finSent = true;
      flags |= MuxHeader.FIN;
    }
    new MuxHeader(MuxHeader.Type.DATA, flags, flow.stream, length).encode(head);
    head.flip();
    for (int other = 0; other < CLASSES; other++) {
      earned[other] = Math.min(earned[other] + length / SHARE, 2L * MuxHeader.DATA_MAX);
    }
    if (flow.ready()) {
      flow.queued = true;
      flows.addLast(flow);
    }
    return MuxHeader.SIZE + length;
  }

  /// Lets the writer send what is ready and then end.
  void finish() {
    monitor.lock();
    try {
      closing = true;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// Drops everything and ends the writer. The owner fails the streams.
  void close() {
    monitor.lock();
    try {
      closed = true;
      signals.clear();
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }
}
