package io.ppio.env.real;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import io.ppio.env.Links.Listener;
import io.ppio.env.Mailbox;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// An address at which links arrive. A link that finds the queue of those not accepted yet full is
/// dropped.
final class TlsListener implements Listener {
  private static final int QUEUE_MAX = 256;

  private final Clock clock;
  private final EnvLog log;
  private final LinkIdentity self;
  private final Mailbox<TlsLink> ready;
  private final AtomicLong failed = new AtomicLong();
  private final Channel channel;
  private volatile boolean closed;

  static TlsListener bind(Clock clock, EnvLog log, InetSocketAddress address, LinkIdentity self)
      throws IOException {
    return new TlsListener(clock, log, address, self);
  }

  private TlsListener(Clock clock, EnvLog log, InetSocketAddress address, LinkIdentity self)
      throws IOException {
    this.clock = clock;
    this.log = log;
    this.self = self;
    this.ready = new Mailbox<>(clock, QUEUE_MAX);
    // Made now rather than on the loop when the first peer comes.
    LinkTls.of(self, clock::wall);
    ChannelFuture binding = EventLoops.acceptor().childHandler(new Incoming()).bind(address);
    binding.awaitUninterruptibly();
    Throwable failure = binding.cause();
    if (failure != null) {
      String at = "cannot listen at " + TlsLinks.shown(address);
      BindException refused = new BindException(at + ": " + LinkHandler.plain(failure));
      refused.initCause(failure);
      throw refused;
    }
    this.channel = binding.channel();
  }

  private final class Incoming extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel incoming) {
      InetSocketAddress remote = (InetSocketAddress) incoming.remoteAddress();
      if (!HandshakeLimits.OF_PROCESS.enter(remote.getAddress())) {
        log.linkDropped(remote, "too many handshakes at once");
        ChannelFuture _ = incoming.close();
        return;
      }
      SslHandler tls = LinkTls.of(self, clock::wall).handler(false);
      tls.handshakeFuture().addListener(_ -> HandshakeLimits.OF_PROCESS.leave(remote.getAddress()));
      incoming.pipeline().addLast(tls, new LinkHandler(clock, tls, false, new Queueing(remote)));
    }
  }

  private final class Queueing implements LinkHandler.Arrival {
    private final InetSocketAddress remote;

    Queueing(InetSocketAddress remote) {
      this.remote = remote;
    }

    @Override
    public void opened(TlsLink link) {
      if (!ready.offer(link)) {
        log.linkDropped(remote, closed ? "listener closed" : "too many links wait");
        link.close();
      }
    }

    @Override
    public void refused(String reason) {
      log.handshakeFailed(remote, failed.incrementAndGet(), reason);
    }
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public Link accept() throws IOException, InterruptedException {
    Optional<TlsLink> next = ready.take();
    if (next.isEmpty()) {
      throw new IOException("listener at " + TlsLinks.shown(address()) + " is closed");
    }
    return next.get();
  }

  /// Links nobody has accepted are ended.
  @Override
  public void close() {
    closed = true;
    channel.close().awaitUninterruptibly();
    ready.close();
    Deadline now = clock.in(Duration.ZERO);
    try {
      Optional<TlsLink> left = ready.take(now);
      while (left.isPresent()) {
        left.get().close();
        left = ready.take(now);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
