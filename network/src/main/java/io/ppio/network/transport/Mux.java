package io.ppio.network.transport;

import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Deadline;
import io.ppio.env.Link;
import io.ppio.env.Monitor;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Many flow-controlled streams over one [Link] (network specification 2.3).
///
/// Two tasks belong to it, [MuxReader#run] and [#write]; everything else may be called by any task.
/// Stream 0 is there from the start and carries the greeting; the dialling side opens odd streams,
/// the accepting side even ones.
///
/// Memory: a peer can make us hold at most [#BUFFER_MAX] bytes ([#BUFFER_EARLY] before the
/// greeting), because it is given no more credit than that. Each stream there can be has its first
/// window; the rest goes to those that are read, in equal shares where it is scarce. A peer whose
/// requests were long is given as much credit in advance, to begin its next ones with: else each
/// would wait for a round trip.
final class Mux {
  /// Streams open at once that one side has opened.
  static final int STREAMS_MAX = 256;

  /// Unread bytes held for one link. With [Exchanges#ASSEMBLED_MAX] it makes the 8 MiB of network
  /// specification 1.9.
  static final int BUFFER_MAX = 6 << 20;

  /// Unread bytes held before the peer has been accepted (network specification 1.5).
  static final int BUFFER_EARLY = 64 << 10;

  /// Streams of the peer open at once: it may have ended some that have not ended here.
  private static final int STREAMS_THERE_MAX = STREAMS_MAX + 64;

  /// By how much the windows of all streams together may grow.
  static final int ROOM_MAX =
      BUFFER_MAX - (STREAMS_MAX + STREAMS_THERE_MAX + 1) * ReceiveStream.WINDOW_FIRST;

  /// Credit that a peer has in advance at most, and has begun streams with: the requests that are
  /// being put together can grow out of the rest.
  static final int ADVANCE_MAX = ROOM_MAX - Exchanges.ASSEMBLED_MAX;

  private static final String TOO_MANY_SIGNALS = "too many signals provoked";
  private static final int LAST_ID = Integer.MAX_VALUE - 1;
  private static final Duration ARRIVAL = Duration.ofSeconds(10);

  /// Takes the streams that the peer opens.
  @FunctionalInterface
  interface Acceptor {
    void opened(MuxStream stream);
  }

  private final Clock clock;
  private final Link link;
  private final Counters<TransportCounter> counters;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final SendQueue queue;
  private final KeepAlive keepAlive;
  private final Monitor table;
  private final Map<Integer, MuxStream> streams = new LinkedHashMap<>();
  private final List<MuxStream> early = new ArrayList<>();
  private final MuxStream greeting;
  private @Nullable Acceptor acceptor;
  private int nextId;
  private boolean greeted;
  private int openedHere;
  private int openedThere;
  private @Nullable StreamFailed end;
  private final AtomicLong buffered = new AtomicLong();
  private final AtomicInteger room = new AtomicInteger();
  private volatile int share = ROOM_MAX;
  private int advance;
  private int begunWith;

  /// @param counters where the bytes of all links of the node are counted too
  Mux(Clock clock, Link link, Counters<TransportCounter> counters) {
    this.clock = clock;
    this.link = link;
    this.counters = counters;
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

  /// Bytes by which the windows of all streams may still grow.
  AtomicInteger room() {
    return room;
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
    greeted();
    List<MuxStream> waiting;
    try (var _ = table.hold()) {
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
      share();
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
      if (end != null || openedThere >= STREAMS_THERE_MAX) {
        return Optional.empty();
      }
      MuxStream stream = new MuxStream(this, id, MuxHeader.ACK, clock.in(ARRIVAL));
      openedThere++;
      share();
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

  private void share() {
    share = ReceiveStream.WINDOW_FIRST + ROOM_MAX / Math.max(1, openedHere + openedThere);
  }

  /// Counts `count` bytes that wait for their stream; a peer that was not greeted has no reason to
  /// send many.
  void arrived(int count) {
    if (buffered.addAndGet(count) > BUFFER_EARLY && !isGreeted()) {
      close(Status.PROTOCOL_VIOLATION, "too many bytes before the greeting");
    }
  }

  private boolean isGreeted() {
    try (var _ = table.hold()) {
      return greeted;
    }
  }

  /// The peer's greeting is good: it gets credit from the memory of the link from now on.
  ///
  /// Said before our answer leaves, because the peer may send as soon as it has that, which can be
  /// before [#accept].
  void greeted() {
    try (var _ = table.hold()) {
      if (!greeted) {
        greeted = true;
        room.set(ROOM_MAX);
      }
    }
  }

  /// `count` bytes wait no more: they were read or dropped.
  void released(int count) {
    buffered.addAndGet(-count);
  }

  /// Tells the peer of the credit that `stream` may have now, whose reader takes `wanted` bytes
  /// next.
  void grant(MuxStream stream, int wanted) {
    int credit = stream.in().grant(wanted, keepAlive.smoothedNanos(), share);
    if (credit > 0 && !queue.allow(stream.out(), credit)) {
      close(Status.PROTOCOL_VIOLATION, TOO_MANY_SIGNALS);
    }
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
          begunWith -= stream.in().begunWith();
        }
        share();
      }
      open &= end == null;
    }
    if (open && !ended && !stream.neverSent()) {
      signal(new MuxHeader(MuxHeader.Type.RST, 0, stream.id(), status.code()));
    }
  }

  /// The request on `stream` was read: if it was long, the peer gets as much credit for its next
  /// one.
  void readWhole(MuxStream stream) {
    int given;
    try (var _ = table.hold()) {
      begunWith -= stream.in().begunWith();
      int wanted = Math.min(stream.in().largest(), ADVANCE_MAX - advance - begunWith);
      given = Math.min(wanted, room.getAndUpdate(there -> there - Math.min(there, wanted)));
      advance += given;
    }
    if (given > 0) {
      signal(new MuxHeader(MuxHeader.Type.WINDOW, MuxHeader.SYN, 0, given));
    }
  }

  /// The peer begins `stream`, which may have ended here, with `count` bytes of credit that it had
  /// in advance.
  ///
  /// @throws Violation when it had less
  void begins(Optional<MuxStream> stream, int count) throws Violation {
    try (var _ = table.hold()) {
      if (count < 0 || count > advance) {
        throw new Violation(Status.PROTOCOL_VIOLATION, "more credit than was given in advance");
      }
      advance -= count;
      if (stream.isPresent() && stream.get().in().begin(count)) {
        begunWith += count;
      } else {
        room.addAndGet(count);
      }
    }
  }

  boolean opensHere(int id) {
    return (id & 1) == (link.dialled() ? 1 : 0);
  }

  /// Queues a signal; the link ends when the peer has provoked too many.
  void signal(MuxHeader header) {
    if (!queue.signal(header)) {
      close(Status.PROTOCOL_VIOLATION, TOO_MANY_SIGNALS);
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
        ByteBuffer[] parts = batch.parts().toArray(new ByteBuffer[0]);
        long bytes = Stream.of(parts).mapToInt(ByteBuffer::remaining).sum();
        link.write(parts);
        sent.addAndGet(bytes);
        counters.add(TransportCounter.BYTES_SENT, bytes);
        batch.taken().forEach(taken -> taken.complete(true));
      }
      close(Status.UNAVAILABLE, "link closed");
    } catch (IOException e) {
      close(Status.UNAVAILABLE, "link broke while writing");
    } finally {
      close(Status.UNAVAILABLE, "writing ended");
    }
  }

  /// Notes that `count` bytes were read from the link.
  void received(int count) {
    received.addAndGet(count);
    counters.add(TransportCounter.BYTES_RECEIVED, count);
  }

  /// Bytes that the link has taken.
  long sent() {
    return sent.get();
  }

  /// Bytes that were read from the link.
  long received() {
    return received.get();
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
