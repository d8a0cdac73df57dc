package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ppio.env.Env;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InboundBytesTest {
  private static final int BLOCK = 64 << 10;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final InboundBytes inbound = new InboundBytes(RealClock.INSTANCE, channel.config());
  private final List<ByteBuf> added = new ArrayList<>();

  @AfterEach
  void noBufferIsLeft() {
    inbound.discard();
    added.forEach(buffer -> assertEquals(0, buffer.refCnt()));
    channel.finishAndReleaseAll();
  }

  private void add(byte... bytes) {
    ByteBuf buffer = Unpooled.copiedBuffer(bytes);
    added.add(buffer);
    inbound.add(buffer);
  }

  private byte[] read(int size) throws Exception {
    ByteBuffer target = ByteBuffer.allocate(size);
    while (target.hasRemaining()) {
      assertTrue(inbound.read(target) > 0);
    }
    return target.array();
  }

  @Test
  void piecesOfAnySizeComeOutAsOneSequence() throws Exception {
    Random random = new Random(3);
    byte[] whole = new byte[400_000];
    random.nextBytes(whole);
    int at = 0;
    while (at < whole.length) {
      int most = random.nextBoolean() ? 50 : 20_000;
      int size = Math.min(whole.length - at, 1 + random.nextInt(most));
      add(java.util.Arrays.copyOfRange(whole, at, at + size));
      at += size;
    }
    assertArrayEquals(whole, read(whole.length));
  }

  @Test
  void readingTheSocketStopsAndResumes() throws Exception {
    for (int size = 0; size <= InboundBytes.STOP_BYTES; size += BLOCK) {
      assertTrue(channel.config().isAutoRead());
      add(new byte[BLOCK]);
    }
    assertFalse(channel.config().isAutoRead());
    read(5 * BLOCK - 1);
    assertFalse(channel.config().isAutoRead());
    read(1);
    assertTrue(channel.config().isAutoRead());
  }

  @Test
  void tinyArrivalsSharePackedBuffers() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      add((byte) i);
    }
    added.forEach(buffer -> assertEquals(0, buffer.refCnt(), "copied and given back"));
    byte[] all = read(20_000);
    assertEquals((byte) 19_999, all[19_999]);
  }

  @Test
  void whatWaitsIsReadBeforeTheEnd() throws Exception {
    add(new byte[10]);
    inbound.end();
    inbound.fail("too late");
    read(10);
    assertEquals(-1, inbound.read(ByteBuffer.allocate(1)));
    assertEquals(0, inbound.read(ByteBuffer.allocate(0)));
  }

  @Test
  void whatWaitsIsReadBeforeTheBreak() throws Exception {
    add(new byte[10]);
    inbound.fail("cable cut");
    read(10);
    Messages.assertSays(
        "cable cut", assertThrows(IOException.class, () -> inbound.read(ByteBuffer.allocate(1))));
  }

  @Test
  void discardingWakesTheReaderAndDropsWhatComes() throws Exception {
    Env env = new RealEnv("node", Path.of("."), new RecordedLog());
    try (Tasks tasks = env.tasks("read")) {
      Task reading =
          tasks.fork(
              "read",
              () -> assertThrows(IOException.class, () -> inbound.read(ByteBuffer.allocate(1))));
      inbound.discard();
      reading.join();
      tasks.join();
    }
    add(new byte[10_000]);
    assertThrows(IOException.class, () -> inbound.read(ByteBuffer.allocate(1)));
    assertTrue(channel.config().isAutoRead());
  }

  @Test
  void aHalfReadBufferIsGivenBack() throws Exception {
    add(new byte[10_000]);
    read(1);
  }
}
