package io.ppio.env.real;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.ppio.env.Bytes;
import io.ppio.env.LinkIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/// The TLS settings of one identity (network specification 1.5): TLS 1.3 only, both ends prove
/// themselves, one application protocol, no server name, no resumption, no early data.
///
/// @param client for links we open
/// @param server for links we accept
/// @param renewAt when a new certificate is to be made
record LinkTls(SslContext client, SslContext server, Instant renewAt) {
  /// The application protocol; a peer that does not speak it is refused.
  static final String PROTOCOL = "ppio/1";

  static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

  /// A process that runs for long makes a new certificate well before the old one expires.
  private static final Duration CERTIFICATE_USE = Duration.ofDays(300);

  private static final Map<Bytes, LinkTls> OF_PROCESS = new ConcurrentHashMap<>();

  /// Certificate checks are too slow for an event loop.
  private static final Executor CHECKS =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tls-check").factory());

  /// The settings of `self`, one certificate for each identity in this process.
  static LinkTls of(LinkIdentity self, InstantSource clock) {
    return OF_PROCESS.compute(
        self.key(),
        (_, known) ->
            known != null && clock.instant().isBefore(known.renewAt())
                ? known
                : make(self, clock, provider()));
  }

  private static SslProvider provider() {
    NativeLibraries.prepare();
    return OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)
        ? SslProvider.OPENSSL
        : SslProvider.JDK;
  }

  static LinkTls make(LinkIdentity self, InstantSource clock, SslProvider provider) {
    Instant now = clock.instant();
    LinkCertificate own = LinkCertificate.make(self, now);
    LinkCertificateValidator validator = new LinkCertificateValidator(self, clock);
    return new LinkTls(
        built(
            SslContextBuilder.forClient()
                .keyManager(own.key(), own.certificate())
                .endpointIdentificationAlgorithm(""),
            validator,
            provider),
        built(
            SslContextBuilder.forServer(own.key(), own.certificate())
                .clientAuth(ClientAuth.REQUIRE),
            validator,
            provider),
        now.plus(CERTIFICATE_USE));
  }

  private static SslContext built(
      SslContextBuilder builder, LinkCertificateValidator validator, SslProvider provider) {
    if (provider == SslProvider.JDK) {
      // The JDK resumes by tickets unless told not to before its first context is made.
      System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
      System.setProperty("jdk.tls.client.enableSessionTicketExtension", "false");
    }
    try {
      SslContext context =
          builder
              .sslProvider(provider)
              .protocols("TLSv1.3")
              .trustManager(validator)
              .applicationProtocolConfig(
                  // BoringSSL cannot be told to abort here; [LinkHandler] does when none was
                  // chosen.
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      PROTOCOL))
              .build();
      if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
        sessions.setSessionCacheEnabled(false);
      }
      return context;
    } catch (SSLException e) {
      throw new IllegalStateException("TLS 1.3 cannot be set up", e);
    }
  }

  /// A handler for one link.
  SslHandler handler(boolean dialled) {
    SslHandler handler = (dialled ? client : server).newHandler(EventLoops.BUFFERS, CHECKS);
    handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT.toMillis());
    return handler;
  }
}
