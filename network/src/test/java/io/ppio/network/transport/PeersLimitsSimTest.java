package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimConfig;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How much one peer may ask: who keeps to it is served, who does not is told to come back.
class PeersLimitsSimTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final byte[] PIECE = new byte[128 << 10];

  private final PeersFixture net = new PeersFixture(7, SimConfig.calm());
  private final Services services = new Services();
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void asManyPiecesAsTheServerTakesAtOnceAllArrive() {
    net.serve(env ->
        services.add(
            Method.PUT_PIECE,
            x -> {
              env.clock().sleep(Duration.ofMillis(5));
              x.reply(Bytes.EMPTY);
            }));
    net.ask((env, peers) -> {
      List<Task> senders = new ArrayList<>();
      try (Tasks tasks = env.tasks("test")) {
        for (int i = 0; i < TestNodes.config().inflightMax(); i++) {
          senders.add(tasks.serve("sender", () -> putPieces(peers)));
        }
        for (Task sender : senders) {
          sender.join();
        }
      }
      assertEquals(senders.size(), seen.size());
    });
  }

  private void putPieces(Peers peers) throws Exception {
    CallOptions piece = CallOptions.DEFAULT.payload(ByteBuffer.wrap(PIECE));
    for (int i = 0; i < 8; i++) {
      peers.call(net.theServer(), Method.PUT_PIECE, Bytes.EMPTY, piece);
    }
    seen.add("all put");
  }

  @Test
  void moreRequestsThanTheServerTakesAreToldToComeBack() {
    net.serve(
        net.server(),
        TestNodes.config(4, 1_000, 1_000),
        env ->
            services.add(
                Method.COPY_FROM,
                x -> {
                  env.clock().sleep(SECOND);
                  x.reply(Bytes.EMPTY);
                }));
    net.ask((env, peers) -> {
      List<Task> calls = new ArrayList<>();
      try (Tasks tasks = env.tasks("test")) {
        for (int i = 0; i < 8; i++) {
          calls.add(
              tasks.serve(
                  "call",
                  () -> {
                    peers.call(net.theServer(), Method.COPY_FROM, Bytes.EMPTY, CallOptions.DEFAULT);
                    seen.add("answered");
                  }));
        }
        for (Task call : calls) {
          call.join();
        }
      }
      assertEquals(8, seen.size(), "the client keeps to what the server said it would take");
    });
  }

  @Test
  void onlyTheFirstLongRequestWaitsForCredit() {
    SimConfig calm = SimConfig.calm();
    services.add(Method.PUT_PIECE, x -> x.reply(Bytes.EMPTY));
    try (PeersFixture far =
        new PeersFixture(9, calm.with(calm.links().withLatency(Duration.ofMillis(50))))) {
      far.serve(env -> services);
      far.ask((env, peers) -> {
        CallOptions piece = CallOptions.DEFAULT.payload(ByteBuffer.wrap(PIECE));
        peers.call(far.theServer(), Method.PUT_PIECE, Bytes.EMPTY, piece);
        env.clock().sleep(SECOND);
        for (int i = 0; i < 3; i++) {
          long start = env.clock().nanos();
          peers.call(far.theServer(), Method.PUT_PIECE, Bytes.EMPTY, piece);
          long millis = (env.clock().nanos() - start) / 1_000_000;
          assertTrue(millis < 150, () -> millis + " ms, and a round trip takes 100");
        }
      });
    }
  }

  @Test
  void aServiceThatGoesOnAfterItsAnswerTakesNoPlaceFromItsCaller() {
    net.serve(
        net.server(),
        TestNodes.config(4, 1_000, 1_000),
        env ->
            services.add(
                Method.SEGMENT_MAP,
                x -> {
                  x.reply(Bytes.EMPTY);
                  env.clock().sleep(SECOND);
                }));
    net.ask((env, peers) -> {
      for (int i = 0; i < 8; i++) {
        call(peers);
      }
      assertEquals(
          Status.OVERLOADED,
          PeersFixture.failure(peers, net.theServer(), Method.SEGMENT_MAP).status(),
          "all that is served is bounded too");
    });
  }

  @Test
  void messagesWithoutAnswerTakeNoPlaceFromRequests() {
    net.serve(
        net.server(),
        TestNodes.config(4, 1_000, 1_000),
        env ->
            services
                .add(Method.HAVE, x -> env.clock().sleep(SECOND))
                .add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY)));
    net.ask((env, peers) -> {
      for (int i = 0; i < 4; i++) {
        peers.oneway(net.theServer(), Method.HAVE, Bytes.EMPTY, CallOptions.DEFAULT);
      }
      call(peers);
    });
  }

  @Test
  void requestsBeyondTheRateAreRefusedWithADelay() {
    services.add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY));
    net.serve(net.server(), TestNodes.config(64, 10, 20), env -> services);
    net.ask((env, peers) -> {
      CallFailed failure =
          assertThrows(
              CallFailed.class,
              () -> {
                for (int i = 0; i < 100; i++) {
                  peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
                }
              });
      assertEquals(Status.OVERLOADED, failure.status());
      assertTrue(failure.retryAfter().toMillis() > 0);
      env.clock().sleep(failure.retryAfter());
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
    });
  }

  @Test
  void messagesThatTheirLayerPacesHaveARateToo() {
    services
        .add(Method.PROOF, x -> x.reply(Bytes.EMPTY))
        .add(Method.LANE, x -> x.reply(Bytes.EMPTY));
    for (Method method : List.of(Method.PROOF, Method.LANE)) {
      try (PeersFixture own = new PeersFixture(8, SimConfig.calm())) {
        own.serve(own.server(), TestNodes.config(64, 1, 2), env -> services);
        own.ask((env, peers) -> {
          for (int i = 0; i < 20; i++) {
            peers.call(own.theServer(), method, Bytes.EMPTY, CallOptions.DEFAULT);
          }
          CallFailed failure = PeersFixture.failure(peers, own.theServer(), method);
          assertEquals(Status.OVERLOADED, failure.status());
          env.clock().sleep(failure.retryAfter());
          peers.call(own.theServer(), method, Bytes.EMPTY, CallOptions.DEFAULT);
        });
      }
    }
  }

  private void call(Peers peers) throws Exception {
    peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
  }
}
