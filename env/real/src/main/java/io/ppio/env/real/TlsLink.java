package io.ppio.env.real;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Link;
import io.ppio.env.Monitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One link over TCP with TLS. [LinkHandler] feeds it from the event loop.
///
/// Writing waits while Netty holds more than its high watermark for the socket; a write that is
/// interrupted while it waits may have written a part, so the link is of no further use.
final class TlsLink implements Link {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Channel channel;
  private final InetSocketAddress remote;
  private final Bytes peerKey;
  private final boolean dialled;
  private final InboundBytes inbound;

  /// Guards the field below; signalled when the channel may have become writable.
  private final Monitor outbound;

  private @Nullable String broken;

  TlsLink(Clock clock, Channel channel, Bytes peerKey, boolean dialled) {
    this.channel = channel;
    this.remote = (InetSocketAddress) channel.remoteAddress();
    this.peerKey = peerKey;
    this.dialled = dialled;
    this.inbound = new InboundBytes(clock, channel.config());
    this.outbound = new Monitor(clock);
  }

  @Override
  public Bytes peerKey() {
    return peerKey;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public boolean dialled() {
    return dialled;
  }

  @Override
  public int read(ByteBuffer target) throws IOException, InterruptedException {
    return inbound.read(target);
  }

  @Override
  public void write(ByteBuffer... parts) throws IOException, InterruptedException {
    long left = 0;
    for (ByteBuffer part : parts) {
      left += part.remaining();
    }
    int next = 0;
    while (left > 0) {
      awaitRoom();
      ByteBuf chunk = EventLoops.BUFFERS.directBuffer((int) Math.min(left, CHUNK_BYTES));
      int size = (int) Math.min(left, CHUNK_BYTES);
      while (chunk.readableBytes() < size) {
        ByteBuffer part = parts[next];
        int count = Math.min(part.remaining(), size - chunk.readableBytes());
        chunk.writeBytes(part.slice(part.position(), count));
        part.position(part.position() + count);
        next += part.hasRemaining() ? 0 : 1;
      }
      left -= size;
      channel.writeAndFlush(chunk).addListener((ChannelFuture sent) -> noteSent(sent));
    }
  }

  private void awaitRoom() throws IOException, InterruptedException {
    try (var _ = outbound.hold()) {
      while (broken == null && !channel.isWritable()) {
        outbound.await();
      }
      if (broken != null) {
        throw new IOException(broken);
      }
    }
  }

  private void noteSent(ChannelFuture sent) {
    Throwable failure = sent.cause();
    if (failure != null) {
      breakOff(LinkHandler.plain(failure));
    }
  }

  /// Ends the link; the event loop sees to the rest, see [LinkFarewell].
  @Override
  public void close() {
    stopWriting("link is closed");
    inbound.discard();
    LinkFarewell.begin(channel);
  }

  /// Takes bytes that arrived.
  void arrived(ByteBuf bytes) {
    inbound.add(bytes);
  }

  /// The channel may have become writable.
  void wakeWriter() {
    try (var _ = outbound.hold()) {
      outbound.signalAll();
    }
  }

  /// The peer has ended the link in good order.
  void peerEnded() {
    stopWriting("the peer has ended the link");
    inbound.end();
  }

  /// The link broke.
  void breakOff(String reason) {
    stopWriting(reason);
    inbound.fail(reason);
  }

  private void stopWriting(String reason) {
    try (var _ = outbound.hold()) {
      if (broken == null) {
        broken = reason;
      }
      outbound.signalAll();
    }
  }
}
