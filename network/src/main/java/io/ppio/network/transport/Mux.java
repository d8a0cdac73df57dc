package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Link;
import io.ppio.env.Monitor;
import io.ppio.network.wire.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Many flow-controlled streams over one [Link] (network specification 2.3).
///
/// Two tasks belong to it, [MuxReader#run] and [#write]; everything else may be called by any task.
/// Stream 0 is there from the start and carries the greeting; the dialling side opens odd streams,
/// the accepting side even ones.
///
/// Memory: a peer can make us hold at most [#BUFFER_MAX] bytes ([#BUFFER_EARLY] before the
/// greeting). When all its streams together exceed that, the one with most unread bytes is reset,
/// so that the other streams go on.
final class Mux {
  /// Streams open at once that one side has opened.
  static final int STREAMS_MAX = 256;

  /// Unread bytes held for one link. With [Exchanges#ASSEMBLED_MAX] it makes the 8 MiB of network
  /// specification 1.9.
  static final int BUFFER_MAX = 6 << 20;

  /// Unread bytes held before the peer has been accepted (network specification 1.5).
  static final int BUFFER_EARLY = 64 << 10;

  private static final int LAST_ID = Integer.MAX_VALUE - 1;
  private static final Duration ARRIVAL = Duration.ofSeconds(10);

  /// Takes the streams that the peer opens.
  @FunctionalInterface
  interface Acceptor {
    void opened(MuxStream stream);
  }

  private final Clock clock;
  private final Link link;
  private final SendQueue queue;
  private final KeepAlive keepAlive;
  private final Monitor table;
  private final Map<Integer, MuxStream> streams = new LinkedHashMap<>();
  private final List<MuxStream> early = new ArrayList<>();
  private final MuxStream greeting;
  private @Nullable Acceptor acceptor;
  private int nextId;
  private volatile int limit = BUFFER_EARLY;
  private int openedHere;
  private int openedThere;
  private @Nullable StreamFailed end;
  private final AtomicLong buffered = new AtomicLong();
  private final AtomicInteger grown = new AtomicInteger();

  Mux(Clock clock, Link link) {
    this.clock = clock;
    this.link = link;
    this.queue = new SendQueue(clock);
    this.keepAlive = new KeepAlive(clock);
    this.table = new Monitor(clock);
    this.nextId = link.dialled() ? 1 : 2;
    this.greeting = new MuxStream(this, 0, 0, clock.in(ARRIVAL));
    streams.put(0, greeting);
  }

  Clock clock() {
    return clock;
  }

  Link link() {
    return link;
  }

  SendQueue queue() {
    return queue;
  }

  KeepAlive keepAlive() {
    return keepAlive;
  }

  /// Stream 0.
  MuxStream greeting() {
    return greeting;
  }

  /// Passes streams of the peer to `target` from now on, those that wait first.
  void accept(Acceptor target) {
    List<MuxStream> waiting;
    try (var _ = table.hold()) {
      limit = BUFFER_MAX;
      acceptor = target;
      waiting = List.copyOf(early);
      early.clear();
    }
    waiting.forEach(target::opened);
  }

  /// Opens a stream, waiting while [#STREAMS_MAX] of ours are open.
  ///
  /// @throws StreamFailed when the link has ended, or `deadline` passes first
  MuxStream open(Deadline deadline) throws StreamFailed, InterruptedException {
    try (var _ = table.hold()) {
      while (end == null && openedHere >= STREAMS_MAX) {
        if (!table.await(deadline) && deadline.passed()) {
          throw new StreamFailed(Status.DEADLINE, "too many streams are open");
        }
      }
      StreamFailed reason = end;
      if (reason != null) {
        throw new StreamFailed(reason.status(), String.valueOf(reason.getMessage()));
      }
      if (nextId > LAST_ID) {
        throw new StreamFailed(Status.UNAVAILABLE, "stream numbers are used up");
      }
      MuxStream stream = new MuxStream(this, nextId, MuxHeader.SYN, deadline);
      nextId += 2;
      openedHere++;
      streams.put(stream.id(), stream);
      return stream;
    }
  }

  /// The stream `id`, if it is open.
  Optional<MuxStream> find(int id) {
    try (var _ = table.hold()) {
      return Optional.ofNullable(streams.get(id));
    }
  }

  /// Makes the stream that the peer opens with `id`; empty when it has too many.
  Optional<MuxStream> opened(int id) {
    try (var _ = table.hold()) {
      if (end != null || openedThere >= STREAMS_MAX) {
        return Optional.empty();
      }
      MuxStream stream = new MuxStream(this, id, MuxHeader.ACK, clock.in(ARRIVAL));
      openedThere++;
      streams.put(id, stream);
      return Optional.of(stream);
    }
  }

  /// Hands a new stream to the acceptor, or keeps it until there is one.
  void announce(MuxStream stream) {
    Acceptor target;
    try (var _ = table.hold()) {
      target = acceptor;
      if (target == null) {
        early.add(stream);
      }
    }
    if (target != null) {
      target.opened(stream);
    }
  }

  /// Counts `arrived` bytes that wait for `stream`; resets the fullest stream when they are too
  /// many.
  void arrived(int count) {
    long total = buffered.addAndGet(count);
    if (total <= limit) {
      return;
    }
    MuxStream fullest = greeting;
    try (var _ = table.hold()) {
      for (MuxStream candidate : streams.values()) {
        if (candidate.in().buffered() > fullest.in().buffered()) {
          fullest = candidate;
        }
      }
    }
    if (fullest == greeting) {
      close(Status.PROTOCOL_VIOLATION, "unread bytes on stream 0");
      return;
    }
    fullest.fail(new StreamFailed(Status.OVERLOADED, "too many unread bytes"));
    signal(new MuxHeader(MuxHeader.Type.RST, 0, fullest.id(), Status.OVERLOADED.code()));
  }

  /// The peer's greeting is good: what it sends from now on counts against [#BUFFER_MAX].
  ///
  /// Said before our answer leaves, because the peer may send as soon as it has that, which can be
  /// before [#accept].
  void greeted() {
    limit = BUFFER_MAX;
  }

  /// The reader of `stream` has taken `count` bytes.
  void consumed(MuxStream stream, int count) {
    buffered.addAndGet(-count);
    int before = stream.in().growth();
    int credit = stream.in().grant(keepAlive.smoothedNanos(), BUFFER_MAX - grown.get());
    if (credit > 0) {
      grown.addAndGet(stream.in().growth() - before);
      signal(new MuxHeader(MuxHeader.Type.WINDOW, 0, stream.id(), credit));
    }
  }

  /// `count` unread bytes were dropped.
  void released(int count) {
    buffered.addAndGet(-count);
  }

  /// The owner of `stream` has left it.
  void forget(MuxStream stream, boolean ended, Status status) {
    boolean open;
    try (var _ = table.hold()) {
      open = streams.remove(stream.id(), stream);
      if (open && stream.id() != 0) {
        if (opensHere(stream.id())) {
          openedHere--;
          table.signalAll();
        } else {
          openedThere--;
        }
      }
      open &= end == null;
    }
    if (open) {
      grown.addAndGet(-stream.in().growth());
      if (!ended && !stream.neverSent()) {
        signal(new MuxHeader(MuxHeader.Type.RST, 0, stream.id(), status.code()));
      }
    }
  }

  boolean opensHere(int id) {
    return (id & 1) == (link.dialled() ? 1 : 0);
  }

  /// Queues a signal; the link ends when the peer has provoked too many.
  void signal(MuxHeader header) {
    if (!queue.signal(header)) {
      close(Status.PROTOCOL_VIOLATION, "too many signals provoked");
    }
  }

  /// Sends a ping when one is due at `now`, and ends the link when too many went unanswered.
  void beat(long now) {
    if (!keepAlive.due(now)) {
      return;
    }
    if (keepAlive.dead()) {
      close(Status.UNAVAILABLE, "no answer to pings");
    } else {
      signal(keepAlive.ping());
    }
  }

  /// Body of the writing task: ends when the link does.
  void write() throws InterruptedException {
    try {
      while (true) {
        SendQueue.Batch batch = queue.next();
        if (batch.parts().isEmpty()) {
          break;
        }
        link.write(batch.parts().toArray(new ByteBuffer[0]));
        batch.taken().forEach(taken -> taken.complete(true));
      }
      close(Status.UNAVAILABLE, "link closed");
    } catch (IOException e) {
      close(Status.UNAVAILABLE, "link broke while writing");
    } finally {
      close(Status.UNAVAILABLE, "writing ended");
    }
  }

  /// Streams open in both directions, the greeting not counted.
  int open() {
    try (var _ = table.hold()) {
      return openedHere + openedThere;
    }
  }

  /// Unread bytes held now.
  long buffered() {
    return buffered.get();
  }

  /// Smoothed round trip; zero while never measured.
  Duration roundTrip() {
    return Duration.ofNanos(keepAlive.smoothedNanos());
  }

  /// Why the link ended; empty while it lives.
  Optional<StreamFailed> end() {
    try (var _ = table.hold()) {
      return Optional.ofNullable(end);
    }
  }

  /// Lets what is queued leave, then closes.
  void finish() {
    queue.finish();
  }

  /// Ends the link: every stream fails with `status`, both tasks end. Idempotent; the first reason
  /// stays.
  void close(Status status, String reason) {
    List<MuxStream> orphans;
    StreamFailed failure = new StreamFailed(status, reason);
    try (var _ = table.hold()) {
      if (end != null) {
        return;
      }
      end = failure;
      orphans = List.copyOf(streams.values());
      streams.clear();
      early.clear();
      table.signalAll();
    }
    queue.close();
    link.close();
    StreamFailed cut = new StreamFailed(Status.UNAVAILABLE, "link ended: " + reason);
    orphans.forEach(stream -> stream.cut(cut));
  }
}
