package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.LinkIdentity;
import io.ppio.env.Links;
import io.ppio.env.simulated.fixtures.PlainIdentity;
import io.ppio.env.simulated.fixtures.Seeds;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Links between two nodes without faults of the network: content, time, back-pressure, ends.
class SimLinksTest {
  private static final LinkIdentity SERVER = new PlainIdentity("server");
  private static final LinkIdentity CLIENT = new PlainIdentity("client");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static Links.Listener listen(Env env) throws IOException {
    return env.links().listen(new InetSocketAddress(LinkPair.PORT), SERVER);
  }

  @Test
  void bothEndsKnowTheKeyAndAddressOfTheOther() {
    LinkPair.calm(1)
        .run(
            link -> {
              assertEquals(CLIENT.key(), link.peerKey());
              assertFalse(link.dialled());
              assertEquals("10.0.0.2", link.remote().getAddress().getHostAddress());
            },
            link -> {
              assertEquals(SERVER.key(), link.peerKey());
              assertTrue(link.dialled());
              assertEquals(LinkPair.PORT, link.remote().getPort());
            });
  }

  @Test
  void theFirstByteTakesLatencyAndTheRestBandwidth() {
    SimConfig.LinkModel model =
        SimConfig.LinkModel.standard()
            .withLatency(Duration.ofMillis(50))
            .withJitter(Duration.ZERO)
            .withBytesPerSecond(1_000_000)
            .withBufferBytes(4_000_000);
    LinkPair pair = new LinkPair(1, SimConfig.calm().with(model));
    pair.run(
        link -> {
          long start = pair.serverClock().nanos();
          readFully(link, 1);
          // It comes with a chunk of 64 KiB that passes two access links.
          assertMillis(131, 5, pair.serverClock().nanos() - start, "the first byte");
          readFully(link, 2_000_000 - 1);
          // Each access link takes 2 s, at the same time, save for the first chunk.
          assertMillis(2_066, 5, pair.serverClock().nanos() - start, "two megabytes");
        },
        link -> link.write(ByteBuffer.allocate(2_000_000)));
  }

  private static void assertMillis(long expected, long tolerance, long nanos, String what) {
    double millis = nanos / 1e6;
    assertTrue(Math.abs(millis - expected) <= tolerance, () -> what + " took " + millis + " ms");
  }

  private static void readFully(Link link, int count) throws Exception {
    ByteBuffer target = ByteBuffer.allocate(count);
    while (target.hasRemaining()) {
      assertTrue(link.read(target) > 0);
    }
  }

  @Test
  void theWriterWaitsWhileTheReaderDoesNotRead() {
    LinkPair pair = LinkPair.calm(1);
    long[] written = {0};
    pair.run(
        link -> {
          pair.serverClock().sleep(Duration.ofSeconds(10));
          long before = written[0];
          assertEquals(262_000, before);
          pair.serverClock().sleep(Duration.ofSeconds(10));
          assertEquals(before, written[0]);
          readFully(link, 2_000_000);
        },
        link -> {
          for (int i = 0; i < 2_000; i++) {
            link.write(ByteBuffer.allocate(1000));
            written[0] += 1000;
          }
        });
  }

  @Test
  void aCloseDeliversWhatWasWrittenAndEndsBothEnds() {
    LinkPair pair = LinkPair.calm(1);
    pair.run(
        link -> {
          pair.serverClock().sleep(Duration.ofSeconds(1));
          assertThrows(IOException.class, () -> link.write(ByteBuffer.allocate(1)));
          readFully(link, 5);
          assertEquals(-1, link.read(ByteBuffer.allocate(1)));
          link.close();
          assertThrows(IOException.class, () -> link.read(ByteBuffer.allocate(1)));
        },
        link -> {
          link.write(ByteBuffer.allocate(5));
          link.close();
          link.close();
          assertThrows(IOException.class, () -> link.write(ByteBuffer.allocate(1)));
        });
  }

  @Test
  void anAbsentListenerAndADeadNodeRefuseAndAnUnknownAddressIsSilent() {
    try (SimWorld world = new SimWorld(1)) {
      SimNode down = world.node("down");
      boolean[] done = {false};
      world
          .node("client")
          .start(env -> {
            for (InetSocketAddress to : List.of(down.at(1), world.node("client").at(2))) {
              assertThrows(ConnectException.class, () -> env.links().dial(to, CLIENT, TIMEOUT));
            }
            long before = env.clock().nanos();
            assertThrows(
                SocketTimeoutException.class,
                () -> env.links().dial(address("10.9.9.9"), CLIENT, TIMEOUT));
            assertMillis(5_000, 1, env.clock().nanos() - before, "the silence");
            done[0] = true;
          });
      world.expect(RunEnd.DONE, world.runUntil(() -> done[0], HOUR));
    }
  }

  private static InetSocketAddress address(String literal) {
    return new InetSocketAddress(literal, 1);
  }

  @Test
  void aPortIsTakenOnceAndFreeAgainAfterClose() {
    SimWorld.run(
        1,
        env -> {
          Links.Listener first = env.links().listen(new InetSocketAddress(0), SERVER);
          assertTrue(first.address().getPort() > 0);
          assertThrows(BindException.class, () -> env.links().listen(first.address(), SERVER));
          assertThrows(BindException.class, () -> env.links().listen(address("10.9.9.9"), SERVER));
          first.close();
          assertThrows(IOException.class, first::accept);
          env.links().listen(first.address(), SERVER).close();
        });
  }

  @Seeds(20)
  void aKilledPeerBreaksItsLinksAfterAWhile(long seed) {
    try (SimWorld world = new SimWorld(seed)) {
      SimNode server = world.node("server");
      server.start(env -> {
        try (Links.Listener listener = listen(env)) {
          Link link = listener.accept();
          link.write(ByteBuffer.allocate(10));
          env.clock().sleep(HOUR);
        }
      });
      long[] broke = {0};
      world
          .node("client")
          .start(env -> {
            env.clock().sleep(Duration.ofMillis(100));
            Link link = env.links().dial(server.at(LinkPair.PORT), CLIENT, TIMEOUT);
            readFully(link, 10);
            assertThrows(IOException.class, () -> link.read(ByteBuffer.allocate(1)));
            broke[0] = world.now().toMillis();
          });
      world.at(Duration.ofSeconds(1), server::kill);
      world.expect(RunEnd.DONE, world.runUntil(() -> broke[0] > 0, HOUR));
      assertTrue(broke[0] >= 1000 && broke[0] < 4100, () -> "broke at " + broke[0] + " ms");
    }
  }

  @Test
  void aProgramThatEndsClosesItsLinks() {
    try (SimWorld world = new SimWorld(1)) {
      SimNode server = world.node("server");
      server.start(env -> listen(env).accept());
      boolean[] ended = {false};
      world
          .node("client")
          .start(env -> {
            env.clock().sleep(Duration.ofMillis(100));
            Link link = env.links().dial(server.at(LinkPair.PORT), CLIENT, TIMEOUT);
            assertEquals(-1, link.read(ByteBuffer.allocate(1)));
            ended[0] = true;
          });
      world.expect(RunEnd.DONE, world.runUntil(() -> ended[0], HOUR));
      assertFalse(server.running());
    }
  }
}
