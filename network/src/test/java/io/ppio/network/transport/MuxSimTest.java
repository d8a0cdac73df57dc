package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.wire.Priority;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The multiplexer over simulated links: bytes arrive as they were sent, and nobody makes anybody
/// else wait or remember too much.
class MuxSimTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final Duration LAN = Duration.ofMillis(1);
  private static final MuxPair.MuxScript NOTHING = (clock, tasks, mux) -> clock.sleep(MINUTE);

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    seeded(seed).nextBytes(bytes);
    return bytes;
  }

  /// Sends all it gets on a stream back on it.
  private static void echo(Clock clock, MuxStream stream) throws Exception {
    Deadline deadline = clock.in(LIMIT);
    try (stream) {
      stream.readUntil(deadline);
      byte[] part = new byte[10_000];
      for (int count = stream.take(ByteBuffer.wrap(part));
          count >= 0;
          count = stream.take(ByteBuffer.wrap(part))) {
        stream.write(deadline, false, ByteBuffer.wrap(part, 0, count));
      }
      stream.write(deadline, true);
    }
  }

  private static MuxPair.MuxScript echoing(Duration time) {
    return (clock, tasks, mux) -> {
      mux.accept(stream -> tasks.serve("echo", () -> echo(clock, stream)));
      clock.sleep(time);
    };
  }

  /// Writes `sent` in random parts and reads it back, now and then being slow.
  private static void exchange(Clock clock, Tasks tasks, Mux mux, long seed) throws Exception {
    RandomGenerator random = seeded(seed);
    byte[] sent =
        bytes(seed, random.nextInt(4) == 0 ? random.nextInt(700_000) : random.nextInt(9_000));
    Deadline deadline = clock.in(LIMIT);
    try (MuxStream stream = mux.open(deadline)) {
      stream.prioritise(PRIORITIES.get(random.nextInt(PRIORITIES.size())));
      stream.readUntil(deadline);
      RandomGenerator writing = seeded(seed + 1);
      Task writer = tasks.serve("writer", () -> write(stream, sent, writing, deadline));
      byte[] got = new byte[sent.length];
      int at = 0;
      while (at < got.length) {
        int part = Math.min(got.length - at, 1 + random.nextInt(60_000));
        assertTrue(stream.fill(ByteBuffer.wrap(got, at, part)));
        at += part;
        if (random.nextInt(8) == 0) {
          clock.sleep(Duration.ofMillis(random.nextInt(200)));
        }
      }
      assertFalse(stream.fill(ByteBuffer.allocate(1)));
      assertArrayEquals(sent, got);
      writer.join();
    }
  }

  private static void write(
      MuxStream stream, byte[] sent, RandomGenerator random, Deadline deadline) throws Exception {
    int at = 0;
    while (at < sent.length) {
      int part = Math.min(sent.length - at, 1 + random.nextInt(100_000));
      stream.write(deadline, false, ByteBuffer.wrap(sent, at, part));
      at += part;
    }
    stream.write(deadline, true);
  }

  @Seeds(30)
  void whatIsSentOnManyStreamsAtOnceArrivesUnchanged(long seed) {
    try (MuxPair pair = new MuxPair(seed, LAN)) {
      MuxPair.MuxScript both =
          (clock, tasks, mux) -> {
            mux.accept(stream -> tasks.serve("echo", () -> echo(clock, stream)));
            List<Task> exchanges = new ArrayList<>();
            int[] whole = {0};
            for (int i = 0; i < 40; i++) {
              long own = 1_000 * seed + 2L * i + (mux.link().dialled() ? 1 : 0);
              exchanges.add(
                  tasks.serve(
                      "exchange",
                      () -> {
                        exchange(clock, tasks, mux, own);
                        whole[0]++;
                      }));
            }
            for (Task exchange : exchanges) {
              exchange.join();
            }
            assertEquals(40, whole[0]);
            clock.sleep(MINUTE);
            assertEquals(0, mux.open());
            assertEquals(0, mux.buffered());
            assertTrue(mux.room().get() >= Mux.ROOM_MAX - Mux.ADVANCE_MAX);
          };
      pair.run(MuxPair.mux(both), MuxPair.mux(both), LIMIT);
    }
  }

  @Test
  void aReaderThatStopsStopsItsOwnStreamOnlyAndGoesOnLater() {
    byte[] sent = bytes(1, 2 << 20);
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          MuxPair.mux(echoing(MINUTE)),
          MuxPair.mux((clock, tasks, mux) -> {
            mux.accept(stream -> assertTrue(stream.id() > 0));
            Deadline deadline = clock.in(MINUTE);
            try (MuxStream slow = mux.open(deadline)) {
              slow.readUntil(deadline);
              Task writer =
                  tasks.serve("writer", () -> slow.write(deadline, true, ByteBuffer.wrap(sent)));
              clock.sleep(Duration.ofSeconds(5));
              assertFalse(writer.ended());
              assertEquals(ReceiveStream.WINDOW_FIRST, mux.buffered());
              for (int i = 0; i < 20; i++) {
                exchange(clock, tasks, mux, i);
              }
              byte[] got = new byte[sent.length];
              assertTrue(slow.fill(ByteBuffer.wrap(got)));
              assertArrayEquals(sent, got);
            }
          }),
          LIMIT);
    }
  }

  @Test
  void unreadBytesOfAllStreamsAreBoundedAndThoseThatAreReadGoOn() {
    int streams = 100;
    byte[] much = new byte[1 << 20];
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          MuxPair.mux((clock, tasks, mux) -> {
            int[] there = {0};
            mux.accept(stream -> {
              stream.readUntil(clock.in(MINUTE));
              if (there[0]++ % 2 == 0) {
                tasks.serve("reader", () -> stream.fill(ByteBuffer.allocate(much.length)));
              } else {
                tasks.serve("stopped", () -> stream.fill(ByteBuffer.allocate(100_000)));
              }
            });
            for (int i = 0; i < 5_000; i++) {
              clock.sleep(Duration.ofMillis(1));
              assertTrue(mux.buffered() <= Mux.BUFFER_MAX);
            }
            assertTrue(mux.buffered() > 1 << 20, () -> mux.buffered() + " bytes wait");
            assertTrue(mux.end().isEmpty());
          }),
          MuxPair.mux((clock, tasks, mux) -> {
            int[] ended = {0, 0};
            for (int i = 0; i < streams; i++) {
              MuxStream stream = mux.open(clock.in(MINUTE));
              tasks.serve(
                  "writer",
                  () -> {
                    try {
                      stream.write(clock.in(Duration.ofSeconds(5)), true, ByteBuffer.wrap(much));
                      ended[0]++;
                    } catch (StreamFailed e) {
                      assertEquals(Status.DEADLINE, e.status());
                      ended[1]++;
                    }
                  });
            }
            clock.sleep(Duration.ofSeconds(6));
            assertEquals(List.of(streams / 2, streams / 2), List.of(ended[0], ended[1]));
          }),
          LIMIT);
    }
  }

  @Test
  void theWindowGrowsWhereTheSenderWouldWaitForCredit() {
    byte[] much = new byte[32 << 20];
    try (MuxPair pair = new MuxPair(1, Duration.ofMillis(50))) {
      pair.run(
          MuxPair.mux((clock, tasks, mux) -> {
            mux.beat(clock.nanos());
            mux.accept(stream ->
                tasks.serve(
                    "reader",
                    () -> {
                      try (stream) {
                        stream.readUntil(clock.in(MINUTE));
                        stream.fill(ByteBuffer.allocate(much.length / 2));
                        assertEquals(
                            ReceiveStream.WINDOW_MAX - ReceiveStream.WINDOW_FIRST,
                            Mux.ROOM_MAX - mux.room().get());
                        stream.fill(ByteBuffer.allocate(much.length / 2));
                        stream.write(clock.in(MINUTE), true);
                      }
                    }));
            clock.sleep(MINUTE);
          }),
          MuxPair.mux((clock, tasks, mux) -> {
            clock.sleep(Duration.ofSeconds(1));
            long start = clock.nanos();
            try (MuxStream stream = mux.open(clock.in(MINUTE))) {
              stream.readUntil(clock.in(MINUTE));
              stream.write(clock.in(MINUTE), true, ByteBuffer.wrap(much));
              assertFalse(stream.fill(ByteBuffer.allocate(1)));
            }
            Duration took = Duration.ofNanos(clock.nanos() - start);
            assertTrue(took.compareTo(Duration.ofSeconds(6)) < 0, took::toString);
          }),
          LIMIT);
    }
  }

  @Test
  void aResetReachesTheOtherSideAndItsTask() {
    boolean[] interrupted = {false};
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          MuxPair.mux((clock, tasks, mux) -> {
            mux.accept(stream ->
                stream.servedBy(
                    tasks.serve(
                        "serving",
                        () -> {
                          try {
                            clock.sleep(MINUTE);
                          } catch (InterruptedException e) {
                            interrupted[0] = true;
                            throw e;
                          } finally {
                            stream.close();
                          }
                        })));
            clock.sleep(MINUTE);
            assertEquals(0, mux.open());
          }),
          MuxPair.mux((clock, tasks, mux) -> {
            MuxStream stream = mux.open(clock.in(MINUTE));
            stream.post(false, ByteBuffer.wrap(new byte[] {1}));
            clock.sleep(Duration.ofSeconds(1));
            assertFalse(interrupted[0]);
            stream.close();
            clock.sleep(Duration.ofSeconds(1));
            assertTrue(interrupted[0]);
          }),
          LIMIT);
    }
  }

  @Test
  void streamsBeyondTheLimitWaitForAnotherToEnd() {
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          MuxPair.mux(echoing(MINUTE)),
          MuxPair.mux((clock, tasks, mux) -> {
            List<MuxStream> streams = new ArrayList<>();
            for (int i = 0; i < Mux.STREAMS_MAX; i++) {
              streams.add(mux.open(clock.in(MINUTE)));
            }
            Duration brief = Duration.ofSeconds(1);
            assertEquals(
                Status.DEADLINE,
                assertThrows(StreamFailed.class, () -> mux.open(clock.in(brief))).status());
            Task opening = tasks.serve("open", () -> mux.open(clock.in(MINUTE)).close());
            streams.getFirst().close();
            opening.join();
          }),
          LIMIT);
    }
  }

  @Test
  void aLinkWithoutAnswersToPingsIsDead() {
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          (env, link) -> env.clock().sleep(Duration.ofMinutes(3)),
          MuxPair.mux((clock, tasks, mux) -> {
            for (int i = 0; i < 3; i++) {
              mux.beat(clock.nanos());
              clock.sleep(KeepAlive.EVERY);
              assertTrue(mux.end().isEmpty());
            }
            mux.beat(clock.nanos());
            assertEquals(Status.UNAVAILABLE, mux.end().orElseThrow().status());
          }),
          LIMIT);
    }
  }

  @Test
  void pingsMeasureTheRoundTrip() {
    try (MuxPair pair = new MuxPair(1, Duration.ofMillis(20))) {
      pair.run(
          MuxPair.mux(NOTHING),
          MuxPair.mux((clock, tasks, mux) -> {
            mux.beat(clock.nanos());
            clock.sleep(Duration.ofSeconds(1));
            long millis = mux.roundTrip().toMillis();
            assertTrue(millis >= 40 && millis <= 42, () -> millis + " ms");
          }),
          LIMIT);
    }
  }

  @Seeds(20)
  void aPeerThatSendsGarbageIsCutOff(long seed) {
    try (MuxPair pair = new MuxPair(seed, LAN)) {
      pair.run(
          MuxPair.mux((clock, tasks, mux) -> {
            clock.sleep(MINUTE);
            assertTrue(mux.end().isPresent());
            assertTrue(mux.buffered() <= Mux.BUFFER_EARLY);
          }),
          (env, link) -> {
            link.write(ByteBuffer.wrap(bytes(seed, 50_000)));
            env.clock().sleep(MINUTE);
            link.close();
          },
          LIMIT);
    }
  }

  private static void violates(MuxHeader... headers) {
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          MuxPair.mux((clock, tasks, mux) -> {
            mux.accept(stream -> assertTrue(stream.id() > 0));
            clock.sleep(MINUTE);
            Status status = mux.end().orElseThrow().status();
            assertTrue(
                status == Status.PROTOCOL_VIOLATION || status == Status.FRAME_TOO_LARGE,
                () -> List.of(headers) + " ended with " + status);
          }),
          (env, link) -> {
            for (MuxHeader header : headers) {
              ByteBuffer bytes = ByteBuffer.allocate(MuxHeader.SIZE);
              header.encode(bytes);
              boolean data = header.type() == MuxHeader.Type.DATA;
              link.write(bytes.flip(), ByteBuffer.allocate(data ? header.length() : 0));
            }
            env.clock().sleep(MINUTE.multipliedBy(2));
          },
          LIMIT);
    }
  }

  private static MuxHeader data(int flags, int stream, int length) {
    return new MuxHeader(MuxHeader.Type.DATA, flags, stream, length);
  }

  @Test
  void brokenRulesEndTheLink() {
    violates(data(MuxHeader.SYN, 1, 10), data(MuxHeader.SYN, 1, 10));
    violates(data(MuxHeader.SYN, 2, 10));
    violates(data(MuxHeader.SYN, 0, 10));
    violates(data(MuxHeader.SYN | MuxHeader.FIN, 1, 10), data(0, 1, 10));
    violates(data(0, 1, MuxHeader.DATA_MAX + 1));
    violates(new MuxHeader(MuxHeader.Type.RST, 0, 0, 0));
    violates(data(MuxHeader.SYN, 1, 10), new MuxHeader(MuxHeader.Type.RST, 0, 1, 999));
    violates(
        data(MuxHeader.SYN, 1, 10), new MuxHeader(MuxHeader.Type.WINDOW, 0, 1, Integer.MAX_VALUE));
    violates(data(8, 1, 10));
    violates(
        data(MuxHeader.SYN, 1, 10),
        new MuxHeader(MuxHeader.Type.WINDOW, MuxHeader.SYN, 1, MuxHeader.DATA_MAX));
    violates(new MuxHeader(MuxHeader.Type.WINDOW, MuxHeader.SYN, 0, Integer.MIN_VALUE));
    MuxHeader[] beyondCredit = new MuxHeader[17];
    for (int i = 0; i < beyondCredit.length; i++) {
      beyondCredit[i] = data(i == 0 ? MuxHeader.SYN : 0, 1, MuxHeader.DATA_MAX);
    }
    violates(beyondCredit);
  }

  @Test
  void framesForStreamsThatHaveEndedArePassedOver() {
    try (MuxPair pair = new MuxPair(1, LAN)) {
      pair.run(
          MuxPair.mux((clock, tasks, mux) -> {
            clock.sleep(Duration.ofSeconds(10));
            assertTrue(mux.end().isEmpty());
          }),
          (env, link) -> {
            ByteBuffer bytes = ByteBuffer.allocate(3 * MuxHeader.SIZE + 10);
            data(0, 7, 10).encode(bytes);
            bytes.position(bytes.position() + 10);
            new MuxHeader(MuxHeader.Type.WINDOW, 0, 9, 5).encode(bytes);
            new MuxHeader(MuxHeader.Type.RST, 0, 9, 0).encode(bytes);
            link.write(bytes.flip());
            env.clock().sleep(Duration.ofSeconds(12));
            link.close();
          },
          LIMIT);
    }
  }
}
