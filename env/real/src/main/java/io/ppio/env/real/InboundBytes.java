package io.ppio.env.real;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Decrypted bytes of one link between its event loop and its reader.
///
/// Above a limit reading from the socket stops until the reader has caught up; what one more read
/// of the socket brings may come on top. Small arrivals are packed together, so that a peer sending
/// tiny records cannot make us hold many times what it sent.
final class InboundBytes {
  static final int STOP_BYTES = 512 << 10;
  private static final int RESUME_BYTES = 256 << 10;
  private static final int PACK_BELOW_BYTES = 4 << 10;
  private static final int PACKED_BYTES = 16 << 10;

  private final Monitor monitor;
  private final ChannelConfig channel;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private int waitingBytes;

  /// Whether the last one waiting is a buffer of our own, with room for small arrivals.
  private boolean lastIsPacked;

  /// The buffer the reader is copying from, outside the monitor.
  private @Nullable ByteBuf current;

  private boolean reading;
  private boolean ended;
  private boolean discarded;
  private @Nullable String broken;

  InboundBytes(Clock clock, ChannelConfig channel) {
    this.monitor = new Monitor(clock);
    this.channel = channel;
  }

  /// Adds `bytes`, which are ours from now on. Called by the event loop.
  void add(ByteBuf bytes) {
    try (var _ = monitor.hold()) {
      int count = bytes.readableBytes();
      if (discarded || count == 0) {
        bytes.release();
        return;
      }
      pack(bytes, count);
      waitingBytes += count;
      if (waitingBytes > STOP_BYTES) {
        channel.setAutoRead(false);
      }
      monitor.signalAll();
    }
  }

  private void pack(ByteBuf bytes, int count) {
    if (count >= PACK_BELOW_BYTES) {
      waiting.add(bytes);
      lastIsPacked = false;
      return;
    }
    ByteBuf last = waiting.peekLast();
    if (last == null || !lastIsPacked || last.writableBytes() < count) {
      last = EventLoops.BUFFERS.directBuffer(PACKED_BYTES, PACKED_BYTES);
      waiting.add(last);
      lastIsPacked = true;
    }
    last.writeBytes(bytes);
    bytes.release();
  }

  /// As [io.ppio.env.Link#read].
  int read(ByteBuffer target) throws IOException, InterruptedException {
    if (!target.hasRemaining()) {
      return 0;
    }
    ByteBuf from = take();
    if (from == null) {
      return -1;
    }
    int count = Math.min(from.readableBytes(), target.remaining());
    try {
      ByteBuffer part = target.slice(target.position(), count);
      from.readBytes(part);
      target.position(target.position() + count);
    } finally {
      giveBack(from, count);
    }
    return count;
  }

  /// The next buffer with bytes in it; null at the orderly end.
  private @Nullable ByteBuf take() throws IOException, InterruptedException {
    try (var _ = monitor.hold()) {
      while (!discarded && current == null && waiting.isEmpty() && !ended) {
        monitor.await();
      }
      if (discarded) {
        throw new IOException("link is closed");
      }
      ByteBuf next = current == null ? waiting.poll() : current;
      if (next == null && broken != null) {
        throw new IOException(broken);
      }
      current = next;
      reading = next != null;
      return next;
    }
  }

  private void giveBack(ByteBuf from, int count) {
    try (var _ = monitor.hold()) {
      reading = false;
      if (discarded || !from.isReadable()) {
        from.release();
        current = null;
      }
      int before = waitingBytes;
      waitingBytes -= count;
      if (before > RESUME_BYTES && waitingBytes <= RESUME_BYTES) {
        channel.setAutoRead(true);
      }
    }
  }

  /// The peer has ended the link in good order; what waits can still be read. Without effect after
  /// another end.
  void end() {
    end(null);
  }

  /// The link broke; what waits can still be read. Without effect after another end.
  void fail(String reason) {
    end(reason);
  }

  private void end(@Nullable String reason) {
    try (var _ = monitor.hold()) {
      if (!ended) {
        ended = true;
        broken = reason;
        monitor.signalAll();
      }
    }
  }

  /// We have ended the link: gives all buffers back and drops what still arrives.
  void discard() {
    try (var _ = monitor.hold()) {
      discarded = true;
      waiting.forEach(ByteBuf::release);
      waiting.clear();
      if (current != null && !reading) {
        current.release();
        current = null;
      }
      // Unread bytes in the socket would turn our farewell into a reset that loses what we sent.
      channel.setAutoRead(true);
      monitor.signalAll();
    }
  }
}
