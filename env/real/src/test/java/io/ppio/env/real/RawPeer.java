package io.ppio.env.real;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;

/// A peer that trusts everyone and shows what a test wants it to show.
final class RawPeer {
  private RawPeer() {}

  static SslContext client(SslContextBuilder builder, String tls, String... protocols)
      throws Exception {
    return finish(builder.endpointIdentificationAlgorithm(""), tls, protocols);
  }

  static SslContext server(LinkCertificate own, String tls, String... protocols) throws Exception {
    return finish(
        SslContextBuilder.forServer(own.key(), own.certificate()).clientAuth(ClientAuth.REQUIRE),
        tls,
        protocols);
  }

  static SslContextBuilder showing(LinkCertificate own, X509Certificate... more) {
    X509Certificate[] chain = new X509Certificate[1 + more.length];
    chain[0] = own.certificate();
    System.arraycopy(more, 0, chain, 1, more.length);
    return SslContextBuilder.forClient().keyManager(own.key(), chain);
  }

  private static SslContext finish(SslContextBuilder builder, String tls, String... protocols)
      throws Exception {
    if (protocols.length > 0) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              Protocol.ALPN,
              SelectorFailureBehavior.NO_ADVERTISE,
              SelectedListenerFailureBehavior.ACCEPT,
              protocols));
    }
    return builder.protocols(tls).trustManager(InsecureTrustManagerFactory.INSTANCE).build();
  }

  /// Connects to `to` and shakes hands; returns the channel, whatever comes of it.
  static Channel connect(InetSocketAddress to, SslContext tls) {
    ChannelFuture connecting =
        EventLoops.dialler().handler(initializer(tls)).connect(to).awaitUninterruptibly();
    return connecting.channel();
  }

  /// Listens and shakes hands with whoever comes.
  static Channel listen(SslContext tls) {
    return EventLoops.acceptor()
        .childHandler(initializer(tls))
        .bind(LoopbackLink.anyPort())
        .awaitUninterruptibly()
        .channel();
  }

  private static ChannelInitializer<Channel> initializer(SslContext tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Closing());
      }
    };
  }

  private static final class Closing extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      ChannelFuture _ = context.close();
    }
  }
}
