package io.ppio.env.real;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/// What all links of the process share: event loops, buffers, socket options.
///
/// Made on first use and kept for the life of the process; the loops are daemon threads.
final class EventLoops {
  private static final int LOOPS_MAX = 2;
  private static final int WATER_LOW_BYTES = 256 << 10;
  private static final int WATER_HIGH_BYTES = 512 << 10;
  private static final int USER_TIMEOUT_MILLIS = 20_000;
  private static final long NOT_SENT_LOW_BYTES = 128 << 10;
  private static final int BACKLOG = 256;

  private static final boolean EPOLL = epoll();

  /// Without thread caches: buffers are taken by thousands of short-lived virtual threads.
  static final PooledByteBufAllocator BUFFERS =
      new PooledByteBufAllocator(true, 0, LOOPS_MAX, 8192, 8, 0, 0, false);

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(
          Math.min(LOOPS_MAX, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().name("ppio-net-", 0).daemon().factory(),
          loopFactory());

  private static final Class<? extends Channel> SOCKET =
      EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  private static final Class<? extends ServerChannel> SERVER_SOCKET =
      EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;

  private EventLoops() {}

  private static boolean epoll() {
    NativeLibraries.prepare();
    return Epoll.isAvailable();
  }

  private static IoHandlerFactory loopFactory() {
    return EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /// For one link to open. Addresses must be resolved: looking up a name would stop a loop.
  static Bootstrap dialler() {
    Bootstrap bootstrap =
        new Bootstrap().group(LOOPS).channel(SOCKET).resolver(NoopAddressResolverGroup.INSTANCE);
    options().forEach((option, value) -> bootstrap.option(option, value));
    return bootstrap;
  }

  /// For one address to listen at.
  static ServerBootstrap acceptor() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(LOOPS)
            .channel(SERVER_SOCKET)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true);
    options().forEach((option, value) -> bootstrap.childOption(option, value));
    return bootstrap;
  }

  @SuppressWarnings("unchecked") // Each value has the type of its option, as listed here.
  private static Map<ChannelOption<Object>, Object> options() {
    Map<ChannelOption<?>, Object> options = new LinkedHashMap<>();
    options.put(ChannelOption.ALLOCATOR, BUFFERS);
    options.put(ChannelOption.TCP_NODELAY, true);
    options.put(ChannelOption.SO_KEEPALIVE, true);
    options.put(
        ChannelOption.WRITE_BUFFER_WATER_MARK,
        new WriteBufferWaterMark(WATER_LOW_BYTES, WATER_HIGH_BYTES));
    if (EPOLL) {
      options.put(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS);
      options.put(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_LOW_BYTES);
    }
    return (Map<ChannelOption<Object>, Object>) (Map<?, ?>) options;
  }
}
