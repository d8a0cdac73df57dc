package io.ppio.network.transport;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Link;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads what arrives on the link of a [Mux] and gives it to its streams; the body of the reading
/// task.
final class MuxReader {
  private static final int BUFFER = 64 << 10;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Mux mux;
  private final Link link;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();

  MuxReader(Mux mux) {
    this.mux = mux;
    this.link = mux.link();
  }

  /// Reads until the link ends, and ends it when the peer breaks a rule.
  void run() throws InterruptedException {
    try {
      while (more(MuxHeader.SIZE)) {
        MuxHeader header = MuxHeader.decode(buffer);
        handle(header);
      }
      mux.close(Status.UNAVAILABLE, "link closed by the peer");
    } catch (IOException e) {
      mux.close(Status.UNAVAILABLE, "link broke while reading");
    } catch (Violation e) {
      mux.close(e.status(), String.valueOf(e.getMessage()));
    } finally {
      mux.close(Status.UNAVAILABLE, "reading ended");
    }
  }

  /// Makes `count` bytes available in the buffer; false at the end of the link.
  private boolean more(int count) throws IOException, InterruptedException {
    while (buffer.remaining() < count) {
      buffer.compact();
      int got = link.read(buffer);
      buffer.flip();
      if (got < 0) {
        return false;
      }
      mux.received(got);
    }
    return true;
  }

  private void handle(MuxHeader header) throws IOException, InterruptedException, Violation {
    switch (header.type()) {
      case DATA -> data(header);
      case WINDOW -> window(header);
      case PING -> ping(header);
      case RST -> reset(header);
    }
  }

  private void data(MuxHeader header) throws IOException, InterruptedException, Violation {
    ByteBuffer bytes = body(header.length());
    Optional<MuxStream> known = mux.find(header.stream());
    if (header.has(MuxHeader.SYN)) {
      if (known.isPresent() || header.stream() == 0 || mux.opensHere(header.stream())) {
        throw new Violation(Status.PROTOCOL_VIOLATION, "stream opened twice");
      }
      known = mux.opened(header.stream());
      if (known.isEmpty()) {
        mux.signal(new MuxHeader(MuxHeader.Type.RST, 0, header.stream(), Status.OVERLOADED.code()));
      }
    }
    if (known.isEmpty()) {
      return; // closed here while the peer was still sending
    }
    MuxStream stream = known.get();
    if (stream.in().deliver(bytes, header.has(MuxHeader.FIN))) {
      mux.arrived(header.length());
    }
    if (header.has(MuxHeader.SYN)) {
      mux.announce(stream);
    }
  }

  private ByteBuffer body(int length) throws IOException, InterruptedException {
    if (length == 0) {
      return NOTHING.duplicate();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int there = Math.min(length, buffer.remaining());
    bytes.put(buffer.slice(buffer.position(), there));
    buffer.position(buffer.position() + there);
    while (bytes.hasRemaining()) {
      int got = link.read(bytes);
      if (got < 0) {
        throw new IOException("link ends within a frame");
      }
      mux.received(got);
    }
    return bytes.flip();
  }

  private void window(MuxHeader header) throws Violation {
    if (header.has(MuxHeader.SYN)) {
      ahead(header);
      return;
    }
    Optional<MuxStream> stream = mux.find(header.stream());
    if (stream.isPresent() && !mux.queue().grant(stream.get().out(), header.length())) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "absurd credit");
    }
  }

  /// Credit in advance: given on stream 0, taken by the stream that it is for.
  private void ahead(MuxHeader header) throws Violation {
    if (header.stream() != 0) {
      mux.begins(mux.find(header.stream()), header.length());
    } else if (!mux.queue().ahead(header.length())) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "absurd credit");
    }
  }

  private void ping(MuxHeader header) {
    if (header.has(MuxHeader.ACK)) {
      mux.keepAlive().answered(header.length());
    } else {
      mux.signal(new MuxHeader(MuxHeader.Type.PING, MuxHeader.ACK, 0, header.length()));
    }
  }

  private void reset(MuxHeader header) throws Violation {
    Status status = resetStatus(header.length());
    if (header.stream() == 0) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "stream 0 was reset");
    }
    mux.find(header.stream())
        .ifPresent(stream -> stream.fail(new StreamFailed(status, "reset by the peer")));
  }

  private static Status resetStatus(int code) throws Violation {
    try {
      return Status.of(code);
    } catch (MalformedMessage e) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "stream reset with an unknown status");
    }
  }
}
