package io.ppio.env.real;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import io.ppio.env.Links;
import io.ppio.env.Promise;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/// Links over TCP with TLS 1.3 (network specification 1.5).
///
/// Netty's event loops move bytes between sockets and buffers; tasks only touch buffers and wait on
/// monitors. Nothing that takes long runs on a loop: certificates are checked on virtual threads.
final class TlsLinks implements Links {
  private final Clock clock;
  private final EnvLog log;

  TlsLinks(Clock clock, EnvLog log) {
    this.clock = clock;
    this.log = log;
  }

  @Override
  public Listener listen(InetSocketAddress bind, LinkIdentity self) throws IOException {
    return TlsListener.bind(clock, log, resolved(bind), self);
  }

  @Override
  public Link dial(InetSocketAddress to, LinkIdentity self, Duration timeout)
      throws IOException, InterruptedException {
    Deadline deadline = clock.in(timeout);
    InetSocketAddress address = resolved(to);
    LinkTls tls = LinkTls.of(self, clock::wall);
    Dialling dialling = new Dialling(clock, address, tls);
    boolean opened = false;
    try {
      Link link = dialling.run(deadline);
      opened = true;
      return link;
    } finally {
      if (!opened) {
        dialling.abandon();
      }
    }
  }

  private static InetSocketAddress resolved(InetSocketAddress address) throws IOException {
    return address.isUnresolved()
        ? new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort())
        : address;
  }

  /// `127.0.0.1:8050`, `[::1]:8050`.
  static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /// One attempt to open a link.
  private static final class Dialling extends ChannelInitializer<Channel>
      implements LinkHandler.Arrival {
    private final Clock clock;
    private final InetSocketAddress to;
    private final LinkTls tls;
    private final Promise<TlsLink> outcome;
    private volatile boolean connected;
    private volatile boolean abandoned;
    private volatile Runnable end = () -> {};

    Dialling(Clock clock, InetSocketAddress to, LinkTls tls) {
      this.clock = clock;
      this.to = to;
      this.tls = tls;
      this.outcome = new Promise<>(clock);
    }

    Link run(Deadline deadline) throws IOException, InterruptedException {
      int millis = Math.clamp(deadline.left().toMillis(), 1, Integer.MAX_VALUE);
      ChannelFuture connecting =
          EventLoops.dialler()
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
              .handler(this)
              .connect(to);
      connecting.addListener((ChannelFuture done) -> connected(done));
      try {
        Optional<TlsLink> link = outcome.await(deadline);
        return link.orElseThrow(() ->
            new SocketTimeoutException(
                "cannot open a link to "
                    + shown(to)
                    + ": "
                    + (connected ? "handshake took too long" : "no answer in time")));
      } catch (IOException | InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected void initChannel(Channel channel) {
      SslHandler handler = tls.handler(true);
      LinkHandler last = new LinkHandler(clock, handler, true, this);
      channel.pipeline().addLast(handler, last);
      ChannelHandlerContext context = channel.pipeline().context(last);
      end = () -> channel.eventLoop().execute(() -> last.abandon(context));
      if (abandoned) {
        end.run();
      }
    }

    private void connected(ChannelFuture done) {
      Throwable failure = done.cause();
      if (failure == null) {
        connected = true;
      } else {
        String reason =
            switch (failure) {
              case ConnectTimeoutException _ -> "no answer in time";
              case java.net.NoRouteToHostException _ -> "no route to it";
              case ConnectException _ -> "connection refused";
              default -> LinkHandler.plain(failure);
            };
        outcome.fail(new IOException("cannot connect to " + shown(to) + ": " + reason, failure));
      }
    }

    @Override
    public void opened(TlsLink link) {
      outcome.complete(link);
    }

    @Override
    public void refused(String reason) {
      outcome.fail(new IOException("handshake with " + shown(to) + " failed: " + reason));
    }

    void abandon() {
      abandoned = true;
      end.run();
    }
  }
}
