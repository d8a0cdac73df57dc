package io.ppio.env.simulated;

import io.ppio.env.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// One direction of a link: chunks on their way, and those that have arrived.
///
/// A chunk leaves through the sender's access link, takes the latency between the nodes, passes the
/// receiver's access link, and never overtakes one before it. The bytes between writer and reader
/// are bounded; the writer waits for the reader. One task writes, one reads.
final class LinkDirection {
  /// Bytes that travel as one.
  static final int CHUNK_BYTES = 64 << 10;

  private static final long DELAY_MIN_NANOS = 10_000_000;
  private static final long DELAY_MAX_NANOS = 1_000_000_000;
  private static final long LOSS_BREAKS_WITHIN_NANOS = 5_000_000_000L;
  private static final int REORDER_LATENCIES = 4;

  private final SimNetwork network;
  private final Kernel kernel;
  private final SimLink source;
  private final SimLink target;
  private final int capacityBytes;
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
  private final ArrayDeque<Chunk> held = new ArrayDeque<>();
  private final WaitSet readers;
  private final WaitSet writers;
  private int unreadBytes;
  private long lastArrivalNanos;
  private long cutNanos = Long.MAX_VALUE;
  private boolean lost;
  private boolean ended;

  LinkDirection(SimLink source, SimLink target) {
    this.network = source.network();
    this.kernel = network.kernel();
    this.source = source;
    this.target = target;
    this.capacityBytes = network.world().config().links().bufferBytes();
    this.readers = new WaitSet(kernel);
    this.writers = new WaitSet(kernel);
  }

  SimNode from() {
    return source.node();
  }

  SimNode to() {
    return target.node();
  }

  // The writer's side.

  /// Sends the bytes of all parts, waiting while too many are unread.
  void write(ByteBuffer... parts) throws IOException, InterruptedException {
    Check.that(writers.isEmpty(), "two tasks write one link");
    long left = 0;
    for (ByteBuffer part : parts) {
      left += part.remaining();
    }
    int part = 0;
    while (left > 0) {
      int most = (int) Math.min(left, Math.min(CHUNK_BYTES, capacityBytes));
      awaitRoom(most);
      byte[] bytes = new byte[most];
      for (int filled = 0; filled < most; ) {
        int count = Math.min(parts[part].remaining(), most - filled);
        parts[part].get(bytes, filled, count);
        filled += count;
        part += parts[part].hasRemaining() ? 0 : 1;
      }
      left -= most;
      unreadBytes += most;
      send(new Bulk(bytes));
    }
  }

  private void awaitRoom(int bytes) throws IOException, InterruptedException {
    source.checkWritable();
    while (capacityBytes - unreadBytes < bytes) {
      writers.await(Long.MAX_VALUE);
      source.checkWritable();
    }
  }

  /// Tells the target that the link is there; goes before all bytes.
  void sendOpening() {
    send(new Opening());
  }

  /// Tells the target that no byte will follow.
  void sendEnd() {
    send(new End());
  }

  private void send(Chunk chunk) {
    if (lost) {
      return;
    }
    SimConfig.LinkFaults faults = network.world().config().linkFaults();
    SeededRandom random = network.random();
    long latency = network.latencyNanos(from(), to());
    long arrival = from().up().pass(chunk.size(), kernel.nowNanos()) + latency;
    if (random.happens(faults.loss())) {
      network.world().fault(from(), FaultCounters.Fault.LOSS);
      lose();
      return;
    }
    if (random.happens(faults.delay())) {
      network.world().fault(from(), FaultCounters.Fault.DELAY);
      arrival += DELAY_MIN_NANOS + random.upTo(DELAY_MAX_NANOS - DELAY_MIN_NANOS);
    }
    if (random.happens(faults.reorder())) {
      network.world().fault(from(), FaultCounters.Fault.REORDER);
      arrival += random.upTo(REORDER_LATENCIES * latency);
    }
    lastArrivalNanos = Math.max(lastArrivalNanos, arrival);
    kernel.schedule(chunk, lastArrivalNanos);
  }

  private void lose() {
    lost = true;
    String reason = "the network lost what was sent";
    source.breakWithin(LOSS_BREAKS_WITHIN_NANOS, reason);
    target.breakWithin(LOSS_BREAKS_WITHIN_NANOS, reason);
  }

  /// Lets nothing arrive after a moment up to `withinNanos` from now: the sender died.
  void cutWithin(long withinNanos) {
    cutNanos = kernel.nowNanos() + network.random().upTo(withinNanos);
  }

  // The reader's side.

  /// Takes what has arrived, waiting for a first byte; -1 at the end.
  int read(ByteBuffer into) throws IOException, InterruptedException {
    Check.that(readers.isEmpty(), "two tasks read one link");
    Check.that(into.hasRemaining(), "reading into a full buffer");
    target.checkOpen();
    while (arrived.isEmpty()) {
      if (ended) {
        return -1;
      }
      target.checkWhole();
      readers.await(Long.MAX_VALUE);
      target.checkOpen();
    }
    int count = 0;
    while (into.hasRemaining() && !arrived.isEmpty()) {
      ByteBuffer first = arrived.element();
      int taken = Math.min(into.remaining(), first.remaining());
      into.put(into.position(), first, first.position(), taken);
      into.position(into.position() + taken);
      first.position(first.position() + taken);
      count += taken;
      if (!first.hasRemaining()) {
        arrived.remove();
      }
    }
    unreadBytes -= count;
    writers.wake();
    return count;
  }

  /// Lets waiting tasks of both ends look again.
  void wake() {
    readers.wake();
    writers.wake();
  }

  // Under way.

  /// The partition that held chunks up may have healed: they arrive soon, in order.
  void release() {
    kernel.after(network.random().upTo(SimNetwork.RETRANSMIT_NANOS), new Release());
  }

  private final class Release extends SimEvent {
    @Override
    void fire() {
      if (!held.isEmpty() && network.cuts(from(), to())) {
        network.hold(LinkDirection.this);
        return;
      }
      while (!held.isEmpty()) {
        held.remove().pass();
      }
    }
  }

  private final class GiveUp extends SimEvent {
    private final Chunk waiting;

    GiveUp(Chunk waiting) {
      this.waiting = waiting;
    }

    @Override
    void fire() {
      if (held.peek() == waiting) {
        String reason = "the peer cannot be reached any more";
        source.breakNow(reason);
        target.breakNow(reason);
      }
    }
  }

  private abstract class Chunk extends SimEvent {
    private boolean passing;

    int size() {
      return 0;
    }

    abstract void deliver();

    @Override
    final void fire() {
      if (passing) {
        land();
      } else if (!held.isEmpty()) {
        held.add(this);
      } else if (network.cuts(from(), to())) {
        held.add(this);
        network.hold(LinkDirection.this);
        kernel.after(SimNetwork.PIPE_TIMEOUT_NANOS, new GiveUp(this));
      } else {
        pass();
      }
    }

    /// Goes through the receiver's access link.
    final void pass() {
      passing = true;
      long passed = to().down().pass(size(), kernel.nowNanos());
      if (passed > kernel.nowNanos()) {
        kernel.schedule(this, passed);
      } else {
        land();
      }
    }

    private void land() {
      if (kernel.nowNanos() <= cutNanos && !target.deaf()) {
        deliver();
      }
    }
  }

  private final class Bulk extends Chunk {
    private final ByteBuffer bytes;

    Bulk(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    int size() {
      return bytes.capacity();
    }

    @Override
    void deliver() {
      network.world().record(to(), Trace.Kind.DELIVERED, size(), Trace.checksum(bytes));
      arrived.add(bytes);
      readers.wake();
    }
  }

  private final class Opening extends Chunk {
    @Override
    void deliver() {
      target.opened();
    }
  }

  private final class End extends Chunk {
    @Override
    void deliver() {
      network.world().record(to(), Trace.Kind.LINK_ENDED, target.number(), 0);
      ended = true;
      target.peerEnded();
    }
  }
}
