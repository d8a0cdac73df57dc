package io.ppio.env.real;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import java.io.IOException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// The end of a channel's pipeline: turns its events into a [TlsLink]. Runs on the event loop.
final class LinkHandler extends ChannelInboundHandlerAdapter {
  /// Hears once how the handshake ended. Called on the event loop.
  interface Arrival {
    void opened(TlsLink link);

    /// @param reason in words for an operator
    void refused(String reason);
  }

  private final Clock clock;
  private final SslHandler tls;
  private final boolean dialled;
  private final Arrival arrival;
  private @Nullable TlsLink link;
  private boolean over;

  LinkHandler(Clock clock, SslHandler tls, boolean dialled, Arrival arrival) {
    this.clock = clock;
    this.tls = tls;
    this.dialled = dialled;
    this.arrival = arrival;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent done when done.isSuccess() -> open(context);
      case SslHandshakeCompletionEvent done -> refuse(context, plain(done.cause()));
      case SslCloseCompletionEvent done when done.isSuccess() && link != null -> link.peerEnded();
      default -> context.fireUserEventTriggered(event);
    }
  }

  private void open(ChannelHandlerContext context) {
    if (over) {
      ChannelFuture _ = context.close();
      return;
    }
    if (!LinkTls.PROTOCOL.equals(tls.applicationProtocol())) {
      refuse(context, "the peer does not speak " + LinkTls.PROTOCOL);
      return;
    }
    try {
      byte[] certificate = tls.engine().getSession().getPeerCertificates()[0].getEncoded();
      Bytes peerKey = CertificateBinding.read(certificate).key();
      // Keeps a provider that caches sessions from resuming this one without a new proof.
      tls.engine().getSession().invalidate();
      over = true;
      link = new TlsLink(clock, context.channel(), peerKey, dialled);
      arrival.opened(link);
    } catch (IOException | CertificateException e) {
      refuse(context, plain(e));
    }
  }

  private void refuse(ChannelHandlerContext context, String reason) {
    ChannelFuture _ = context.close();
    if (!over) {
      over = true;
      arrival.refused(reason);
    }
  }

  /// Nobody waits for this link any more: ends it, whatever state it is in.
  void abandon(ChannelHandlerContext context) {
    over = true;
    if (link != null) {
      link.close();
    } else {
      ChannelFuture _ = context.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (link != null) {
      link.arrived(bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (link != null) {
      link.wakeWriter();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (link != null) {
      link.breakOff("link lost");
    }
    refuse(context, "link lost");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (link != null) {
      link.breakOff(plain(cause));
    }
    refuse(context, plain(cause));
  }

  /// The innermost reason of `failure`, in words.
  static String plain(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    // The native transport puts the name of its call and the number of the error before the words.
    return message == null
        ? innermost.getClass().getSimpleName()
        : message.replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?[0-9]+\\): ", "");
  }
}
