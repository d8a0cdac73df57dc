package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Env;
import io.ppio.env.simulated.SimWorld;
import io.ppio.network.wire.Priority;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What leaves first.
class SendQueueTest {
  private static SendStream flow(int stream, Priority priority) {
    SendStream flow = new SendStream(stream, 1 << 30, 0);
    flow.priority = priority;
    return flow;
  }

  private static void send(SendQueue queue, SendStream flow, int bytes) throws StreamFailed {
    queue.send(flow, List.of(new SendStream.Chunk(ByteBuffer.allocate(bytes), null)), false);
  }

  /// Bytes of each stream among about `total` that leave next.
  private static Map<Integer, Integer> leaving(SendQueue queue, int total)
      throws InterruptedException {
    Map<Integer, Integer> byStream = new TreeMap<>();
    int sent = 0;
    while (sent < total) {
      int stream = 0;
      for (ByteBuffer part : queue.next().parts()) {
        if (part.remaining() == MuxHeader.SIZE) {
          stream = part.getInt(4);
        } else {
          byStream.merge(stream, part.remaining(), Integer::sum);
          sent += part.remaining();
        }
      }
    }
    return byStream;
  }

  private static void simulated(SimNodeBody body) {
    SimWorld.run(1, env -> body.run(env, new SendQueue(env.clock())));
  }

  @FunctionalInterface
  private interface SimNodeBody {
    void run(Env env, SendQueue queue) throws Exception;
  }

  @Test
  void aWaitingLowerClassGetsATenth() {
    simulated((env, queue) -> {
      send(queue, flow(1, Priority.URGENT), 16 << 20);
      send(queue, flow(3, Priority.BACKGROUND), 16 << 20);
      Map<Integer, Integer> sent = leaving(queue, 8 << 20);
      double share = sent.getOrDefault(3, 0) / (double) (8 << 20);
      assertTrue(share > 0.09 && share < 0.11, () -> "share " + share);
    });
  }

  @Test
  void everyWaitingClassGetsATenthAndTheFirstTheRest() {
    simulated((env, queue) -> {
      for (Priority priority : Priority.values()) {
        send(queue, flow(priority.code(), priority), 16 << 20);
      }
      Map<Integer, Integer> sent = leaving(queue, 8 << 20);
      for (int lower = 1; lower <= 3; lower++) {
        double share = sent.getOrDefault(lower, 0) / (double) (8 << 20);
        assertTrue(share > 0.09 && share < 0.11, () -> "shares " + sent);
      }
    });
  }

  @Test
  void streamsOfOneClassTakeTurns() {
    simulated((env, queue) -> {
      for (int stream = 1; stream <= 5; stream++) {
        send(queue, flow(stream, Priority.FILE), 4 << 20);
      }
      Map<Integer, Integer> sent = leaving(queue, 5 << 20);
      assertEquals(5, sent.size());
      sent.values().forEach(bytes -> assertTrue(Math.abs(bytes - (1 << 20)) <= 32 << 10));
    });
  }

  @Test
  void anUrgentFrameLeavesWithTheNextBatchAndSignalsLeaveFirst() {
    simulated((env, queue) -> {
      send(queue, flow(1, Priority.FILE), 1 << 20);
      leaving(queue, 100_000);
      send(queue, flow(3, Priority.URGENT), 100);
      assertTrue(queue.signal(new MuxHeader(MuxHeader.Type.PING, 0, 0, 42)));
      List<ByteBuffer> parts = queue.next().parts();
      assertEquals(42, parts.get(0).getInt(8));
      assertEquals(3, parts.get(1).getInt(4));
    });
  }

  @Test
  void aStreamWithoutCreditWaitsForIt() {
    simulated((env, queue) -> {
      SendStream flow = new SendStream(1, 1000, 0);
      send(queue, flow, 5000);
      assertEquals(Map.of(1, 1000), leaving(queue, 1000));
      assertTrue(queue.grant(flow, 4000));
      assertEquals(Map.of(1, 4000), leaving(queue, 4000));
      assertFalse(queue.grant(flow, Integer.MIN_VALUE));
    });
  }

  @Test
  void signalsThatAPeerProvokesAreBounded() {
    simulated((env, queue) -> {
      MuxHeader ping = new MuxHeader(MuxHeader.Type.PING, MuxHeader.ACK, 0, 1);
      for (int i = 0; i < SendQueue.SIGNALS_MAX; i++) {
        assertTrue(queue.signal(ping));
      }
      assertFalse(queue.signal(ping));
    });
  }
}
