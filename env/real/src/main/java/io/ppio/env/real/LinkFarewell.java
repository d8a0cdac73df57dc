package io.ppio.env.real;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// How a link ends that we close: what was written before goes out, then the end of TLS, then that
/// of TCP; the socket is closed when the peer has ended its half, or after a while.
///
/// A socket that is closed with bytes unread answers them with a reset, and a reset takes from the
/// peer what it has not read yet of ours. So until the end everything that arrives is read and
/// dropped, encrypted as it is: the engine of OpenSSL says that it is closed at the first record
/// after our end, and its handler would close the socket.
final class LinkFarewell extends ChannelInboundHandlerAdapter {
  /// How long what was written before may take to go out.
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);

  /// How long the peer has to end its half.
  private static final Duration PEER_TIMEOUT = Duration.ofSeconds(5);

  private final Channel channel;

  private LinkFarewell(Channel channel) {
    this.channel = channel;
  }

  /// Begins to end `channel`. Without effect when it has begun; does not wait.
  static void begin(Channel channel) {
    channel.eventLoop().execute(() -> new LinkFarewell(channel).begin());
  }

  private void begin() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (!channel.isActive() || tls == null || channel.pipeline().get(LinkFarewell.class) != null) {
      return;
    }
    channel.pipeline().addFirst(this);
    closeIn(DRAIN_TIMEOUT);
    tls.closeOutbound().addListener((ChannelFuture written) -> endOutput());
  }

  private void endOutput() {
    if (channel.isActive()) {
      ChannelFuture _ = ((DuplexChannel) channel).shutdownOutput();
      closeIn(PEER_TIMEOUT);
    }
  }

  private void closeIn(Duration time) {
    Future<?> closing =
        channel.eventLoop().schedule(this::close, time.toMillis(), TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(_ -> closing.cancel(false));
  }

  private void close() {
    ChannelFuture _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }
}
