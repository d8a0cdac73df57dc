package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PoolArenaMetric;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Links.Listener;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TlsLinksTest {
  @Test
  void sixtyFourMebibytesGoBothWaysAtOnce() throws Exception {
    long size = 64L << 20;
    Env env = LoopbackLink.env();
    try (LoopbackLink pair = LoopbackLink.open();
        Tasks tasks = env.tasks("transfer")) {
      byte[][] sums = new byte[4][];
      tasks.fork("write a", () -> sums[0] = send(pair.dialler(), size, 11));
      tasks.fork("write b", () -> sums[1] = send(pair.acceptor(), size, 22));
      tasks.fork("read a", () -> sums[2] = receive(pair.acceptor(), size));
      tasks.fork("read b", () -> sums[3] = receive(pair.dialler(), size));
      tasks.join();
      assertArrayEquals(sums[0], sums[2]);
      assertArrayEquals(sums[1], sums[3]);
    }
  }

  private static byte[] send(Link link, long size, long seed) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(seed);
    long left = size;
    while (left > 0) {
      byte[] head = new byte[(int) Math.min(left, 1 + random.nextInt(100))];
      byte[] body = new byte[(int) Math.min(left - head.length, random.nextInt(200_000))];
      random.nextBytes(head);
      random.nextBytes(body);
      digest.update(head);
      digest.update(body);
      link.write(ByteBuffer.wrap(head), ByteBuffer.wrap(body));
      left -= head.length + body.length;
    }
    return digest.digest();
  }

  private static byte[] receive(Link link, long size) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ByteBuffer target = ByteBuffer.allocate(100_000);
    long left = size;
    while (left > 0) {
      target.clear().limit((int) Math.min(left, target.capacity()));
      int count = link.read(target);
      assertTrue(count > 0);
      digest.update(target.array(), 0, count);
      left -= count;
    }
    return digest.digest();
  }

  @Test
  void aSlowReaderGetsAllThatWasWrittenBeforeTheEnd() throws Exception {
    long size = 8L << 20;
    Env env = LoopbackLink.env();
    try (LoopbackLink pair = LoopbackLink.open();
        Tasks tasks = env.tasks("transfer")) {
      byte[][] sums = new byte[2][];
      tasks.fork(
          "write",
          () -> {
            sums[0] = send(pair.dialler(), size, 5);
            // Unread bytes at the end that closes must not cost the other one anything.
            pair.acceptor().write(ByteBuffer.allocate(100_000));
            pair.dialler().close();
          });
      sums[1] = receive(pair.acceptor(), size);
      tasks.join();
      assertArrayEquals(sums[0], sums[1]);
      assertEquals(-1, pair.acceptor().read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void noBufferIsLeftWhenPipesEnd() throws Exception {
    Env env = LoopbackLink.env();
    for (int round = 0; round < 10; round++) {
      LoopbackLink pair = LoopbackLink.open();
      try (Tasks tasks = env.tasks("flood")) {
        tasks.serve("write", () -> flood(pair.dialler()));
        tasks.serve("write back", () -> flood(pair.acceptor()));
        tasks.serve("read", () -> pair.acceptor().read(ByteBuffer.allocate(100)));
        assertTrue(pair.dialler().read(ByteBuffer.allocate(1000)) > 0);
        (round % 2 == 0 ? pair.dialler() : pair.acceptor()).close();
      }
      pair.close();
    }
    while (activeBuffers() > 0) {
      env.clock().sleep(Duration.ofMillis(10));
    }
  }

  private static void flood(Link link) throws Exception {
    while (true) {
      link.write(ByteBuffer.allocate(50_000));
    }
  }

  private static long activeBuffers() {
    return EventLoops.BUFFERS.metric().directArenas().stream()
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }

  @Test
  void nobodyListeningIsAPlainFailure() throws Exception {
    Env env = LoopbackLink.env();
    InetSocketAddress free;
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      free = listener.address();
    }
    IOException e =
        assertThrows(
            IOException.class,
            () -> env.links().dial(free, LoopbackLink.ALICE, LoopbackLink.PATIENCE));
    assertEquals(
        "cannot connect to 127.0.0.1:" + free.getPort() + ": connection refused", e.getMessage());
  }

  @Test
  void anAddressInUseIsNamed() throws Exception {
    Env env = LoopbackLink.env();
    try (Listener first = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      BindException e =
          assertThrows(
              BindException.class, () -> env.links().listen(first.address(), LoopbackLink.BOB));
      Messages.assertSays("127.0.0.1:" + first.address().getPort(), e);
    }
  }

  @Test
  void oneDoesNotTalkToOneself() throws Exception {
    Env env = LoopbackLink.env();
    try (Listener listener = env.links().listen(LoopbackLink.anyPort(), LoopbackLink.BOB)) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> env.links().dial(listener.address(), LoopbackLink.BOB, LoopbackLink.PATIENCE));
      Messages.assertSays("own identity", e);
    }
  }
}
