package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Links.Listener;
import io.ppio.env.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// What strangers may try, over real sockets.
final class TlsHandshakeTest {
  private static final String TLS13 = "TLSv1.3";

  private final RecordedLog log = new RecordedLog();
  private final Env env = new RealEnv("test", Path.of("."), log);

  private static ForgedCertificate alices() throws Exception {
    return new ForgedCertificate(LoopbackLink.ALICE);
  }

  private void assertRefusesClient(String reason, SslContext client) throws Exception {
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      Channel channel = RawPeer.connect(listener.address(), client);
      String line = log.next();
      assertTrue(line.contains("handshake-failed") && line.contains(reason), line);
      channel.closeFuture().awaitUninterruptibly();
    }
  }

  private void assertRefusesServer(String reason, SslContext server) {
    Channel listening = RawPeer.listen(server);
    try {
      InetSocketAddress address = (InetSocketAddress) listening.localAddress();
      IOException e =
          assertThrows(
              IOException.class,
              () -> env.links().dial(address, LoopbackLink.BOB, LoopbackLink.PATIENCE));
      Messages.assertSays(reason, e);
    } finally {
      ChannelFuture _ = listening.close();
    }
  }

  @Test
  void aPeerThatDoesItRightIsAccepted() throws Exception {
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      Channel channel =
          RawPeer.connect(
              listener.address(),
              RawPeer.client(RawPeer.showing(alices().make()), TLS13, "other", "ppio/1"));
      try (Link link = listener.accept()) {
        assertEquals(LoopbackLink.ALICE.key(), link.peerKey());
      }
      channel.closeFuture().awaitUninterruptibly();
    }
  }

  @Test
  void aClientWithoutCertificateIsRefused() throws Exception {
    assertRefusesClient(
        "handshake", RawPeer.client(SslContextBuilder.forClient(), TLS13, "ppio/1"));
  }

  @Test
  void aClientWithTwoCertificatesIsRefused() throws Exception {
    LinkCertificate own = alices().make();
    SslContextBuilder two = RawPeer.showing(own, alices().make().certificate());
    assertRefusesClient("expected one certificate, got 2", RawPeer.client(two, TLS13, "ppio/1"));
  }

  @Test
  void aClientWithABorrowedIdentityIsRefused() throws Exception {
    LinkCertificate forged = alices().bindingFor(ForgedCertificate.pair("secp256r1")).make();
    assertRefusesClient(
        "binding invalid", RawPeer.client(RawPeer.showing(forged), TLS13, "ppio/1"));
  }

  @Test
  void aClientWithoutIdentityIsRefused() throws Exception {
    assertRefusesClient(
        "names no identity",
        RawPeer.client(RawPeer.showing(alices().withoutBinding().make()), TLS13, "ppio/1"));
  }

  @Test
  void anExpiredClientIsRefused() throws Exception {
    Instant now = Instant.now();
    LinkCertificate old =
        alices().valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))).make();
    assertRefusesClient("expired", RawPeer.client(RawPeer.showing(old), TLS13, "ppio/1"));
  }

  @Test
  void aClientOfAnotherProtocolIsRefused() throws Exception {
    LinkCertificate own = alices().make();
    assertRefusesClient(
        "does not speak ppio/1", RawPeer.client(RawPeer.showing(own), TLS13, "ppio/2"));
    assertRefusesClient("does not speak ppio/1", RawPeer.client(RawPeer.showing(own), TLS13));
  }

  @Test
  void aClientOfAnOlderTlsIsRefused() throws Exception {
    assertRefusesClient("", RawPeer.client(RawPeer.showing(alices().make()), "TLSv1.2", "ppio/1"));
  }

  @Test
  void aServerOfAnotherProtocolIsRefused() throws Exception {
    assertRefusesServer("does not speak ppio/1", RawPeer.server(alices().make(), TLS13, "ppio/2"));
    assertRefusesServer("does not speak ppio/1", RawPeer.server(alices().make(), TLS13));
  }

  @Test
  void aServerOfAnOlderTlsIsRefused() throws Exception {
    assertRefusesServer("handshake", RawPeer.server(alices().make(), "TLSv1.2", "ppio/1"));
  }

  @Test
  void aServerWithABorrowedIdentityIsRefused() throws Exception {
    LinkCertificate forged = alices().bindingFor(ForgedCertificate.pair("secp256r1")).make();
    assertRefusesServer("binding invalid", RawPeer.server(forged, TLS13, "ppio/1"));
  }

  @Test
  void aServerThatSaysNothingCostsOnlyTheTimeAllowed() throws Exception {
    try (java.net.ServerSocket silent = new java.net.ServerSocket()) {
      silent.bind(LoopbackLink.anyPort());
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      IOException e =
          assertThrows(
              IOException.class,
              () -> env.links().dial(address, LoopbackLink.BOB, Duration.ofMillis(300)));
      Messages.assertSays("handshake took too long", e);
    }
  }

  @Test
  void aClientThatSaysNothingIsDropped() throws Exception {
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB);
        Socket silent = new Socket()) {
      silent.connect(listener.address());
      assertEquals(-1, silent.getInputStream().read());
      assertTrue(log.next().contains("timed out"), log.lines().toString());
    }
  }

  @Test
  void garbageIsRefused() throws Exception {
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB);
        Socket rude = new Socket()) {
      rude.connect(listener.address());
      rude.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertTrue(log.next().contains("handshake-failed"), log.lines().toString());
    }
  }

  @Test
  void everyPipeProvesTheIdentityAnew() throws Exception {
    Counting alice = new Counting();
    LinkTls tls = LinkTls.make(alice, InstantSource.system(), SslProvider.OPENSSL);
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      for (int round = 1; round <= 3; round++) {
        Link link = dial(tls, listener.address());
        Link accepted = listener.accept();
        accepted.write(ByteBuffer.allocate(1));
        assertEquals(1, link.read(ByteBuffer.allocate(1)));
        assertEquals(round, alice.verified());
        link.close();
        accepted.close();
      }
    }
  }

  @Test
  void bothTlsImplementationsTalkToEachOther() throws Exception {
    LinkTls jdk = LinkTls.make(LoopbackLink.ALICE, InstantSource.system(), SslProvider.JDK);
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      try (Link link = dial(jdk, listener.address());
          Link accepted = listener.accept()) {
        assertEquals(LoopbackLink.BOB.key(), link.peerKey());
        assertEquals(LoopbackLink.ALICE.key(), accepted.peerKey());
        link.write(ByteBuffer.allocate(100_000));
        int left = 100_000;
        while (left > 0) {
          left -= accepted.read(ByteBuffer.allocate(left));
        }
      }
    }
    Channel listening = RawPeer.listen(jdk.server());
    Link link =
        env.links()
            .dial(
                (InetSocketAddress) listening.localAddress(),
                LoopbackLink.BOB,
                LoopbackLink.PATIENCE);
    assertEquals(LoopbackLink.ALICE.key(), link.peerKey());
    link.close();
    ChannelFuture _ = listening.close();
  }

  private static Link dial(LinkTls tls, InetSocketAddress to) throws Exception {
    Promise<TlsLink> outcome = new Promise<>(RealClock.INSTANCE);
    var handler = tls.handler(true);
    EventLoops.dialler()
        .handler(
            new LinkHandler(
                RealClock.INSTANCE,
                handler,
                true,
                new LinkHandler.Arrival() {
                  @Override
                  public void opened(TlsLink link) {
                    outcome.complete(link);
                  }

                  @Override
                  public void refused(String reason) {
                    outcome.fail(new IOException(reason));
                  }
                }))
        .connect(to)
        .awaitUninterruptibly()
        .channel()
        .pipeline()
        .addFirst(handler);
    return outcome.await();
  }
}
