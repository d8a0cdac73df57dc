package io.ppio.network.transport;

import io.ppio.env.Deadline;
import io.ppio.env.Promise;
import io.ppio.env.Task;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Priority;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One ordered byte stream in each direction over a [Mux].
///
/// One task writes and one reads at a time. Whoever has a stream closes it; until then it counts
/// against the limit of streams.
final class MuxStream implements Frames.Source<StreamFailed>, AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Mux mux;
  private final int id;
  private final SendStream out;
  private final ReceiveStream in;
  private Deadline readingUntil;
  private volatile @Nullable Task server;
  private volatile boolean reset;

  MuxStream(Mux mux, int id, int firstFlags, Deadline readingUntil) {
    this.mux = mux;
    this.id = id;
    this.out = new SendStream(id, ReceiveStream.WINDOW_FIRST, firstFlags);
    this.in = new ReceiveStream(mux.clock(), mux.room());
    this.readingUntil = readingUntil;
  }

  int id() {
    return id;
  }

  SendStream out() {
    return out;
  }

  ReceiveStream in() {
    return in;
  }

  /// Sets the class of what is written from now on; called by the writing task before it writes.
  void prioritise(Priority priority) {
    out.priority = priority;
  }

  /// Sets the moment after which reading fails with [Status#DEADLINE].
  void readUntil(Deadline deadline) {
    readingUntil = deadline;
  }

  /// A moment by which a few bytes leave on a link that lives.
  Deadline soon() {
    return mux.clock().in(SOON);
  }

  /// Queues `parts` and returns; the bytes must not change until the peer has answered.
  void post(boolean fin, ByteBuffer... parts) throws StreamFailed {
    mux.queue().send(out, chunks(null, parts), fin);
  }

  /// Queues `parts` and waits until the link has taken them.
  ///
  /// @throws StreamFailed also when `deadline` passes first; the stream is of no use then
  void write(Deadline deadline, boolean fin, ByteBuffer... parts)
      throws StreamFailed, InterruptedException {
    Promise<Boolean> taken = new Promise<>(mux.clock());
    mux.queue().send(out, chunks(taken, parts), fin);
    try {
      if (taken.await(deadline).isEmpty()) {
        throw new StreamFailed(Status.DEADLINE, "the peer did not take it in time");
      }
    } catch (StreamFailed | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("sending fails in one way only", e);
    }
  }

  private static List<SendStream.Chunk> chunks(
      @Nullable Promise<Boolean> taken, ByteBuffer... parts) {
    List<SendStream.Chunk> chunks = new ArrayList<>(parts.length + 1);
    for (ByteBuffer part : parts) {
      if (part.hasRemaining()) {
        chunks.add(new SendStream.Chunk(part.duplicate(), null));
      }
    }
    if (taken != null) {
      ByteBuffer last = chunks.isEmpty() ? ByteBuffer.allocate(0) : chunks.removeLast().bytes();
      chunks.add(new SendStream.Chunk(last, taken));
    }
    return chunks;
  }

  @Override
  public boolean fill(ByteBuffer target) throws StreamFailed, InterruptedException {
    boolean first = true;
    while (target.hasRemaining()) {
      if (take(target) < 0) {
        if (first) {
          return false;
        }
        throw new StreamFailed(Status.PROTOCOL_VIOLATION, "stream ends within a frame");
      }
      first = false;
    }
    return true;
  }

  /// Moves what there is into `target`, waiting for the first byte; -1 at the end of the stream.
  int take(ByteBuffer target) throws StreamFailed, InterruptedException {
    mux.grant(this, target.remaining());
    int moved = in.take(target, readingUntil);
    if (moved > 0) {
      mux.released(moved);
      mux.grant(this, target.remaining());
    }
    return moved;
  }

  /// Lets the peer begin with a long answer without waiting for credit.
  void expectMuch() {
    mux.grant(this, ReceiveStream.WINDOW_WANTED);
  }

  /// The request that came on the stream was read to its end.
  void readWhole() {
    mux.readWhole(this);
  }

  /// Whether the peer does not know of the stream yet.
  boolean neverSent() {
    return mux.queue().untold(out);
  }

  /// Cancels `task` when the peer resets the stream or the link ends.
  void servedBy(Task task) {
    server = task;
    if (reset) {
      task.cancel();
    }
  }

  /// Fails both directions because the link has ended.
  void cut(StreamFailed reason) {
    in.cut(reason);
    stop(reason);
  }

  /// Fails both directions and drops what was not read.
  void fail(StreamFailed reason) {
    mux.released(in.fail(reason));
    stop(reason);
  }

  private void stop(StreamFailed reason) {
    mux.queue().abandon(out, reason);
    reset = true;
    Task task = server;
    if (task != null) {
      task.cancel();
    }
  }

  /// Leaves the stream; tells the peer so unless both directions have ended. Idempotent.
  @Override
  public void close() {
    reset(Status.OK);
  }

  /// As [#close], with a reason for the peer.
  void reset(Status status) {
    boolean sentAll = leave(status);
    mux.forget(this, sentAll && in.finished(), status);
  }

  /// Leaves a stream that carries bytes in one direction only, so that no end comes in the other.
  void closeOneway() {
    leave(Status.OK);
    mux.forget(this, true, Status.OK);
  }

  private boolean leave(Status status) {
    server = null;
    StreamFailed reason = new StreamFailed(status, "stream closed");
    mux.released(in.leave(reason));
    return mux.queue().abandon(out, reason);
  }
}
