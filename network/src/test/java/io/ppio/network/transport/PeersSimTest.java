package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two nodes that ask each other, over a network with latency, in virtual time.
class PeersSimTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int PORT = 8050;

  private final SimWorld world = new SimWorld(7);
  private final SimNode server = world.node("server");
  private final SimNode client = world.node("client");
  private final Services services = new Services();
  private final List<String> seen = new ArrayList<>();
  private boolean done;

  @FunctionalInterface
  private interface Script {
    void run(Env env, Peers peers) throws Exception;
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void serve(SimNode node) {
    node.start(env -> {
      try (Peers peers = TestNodes.peers(env, "server", server.at(PORT), services)) {
        peers.listen(server.at(PORT));
        env.clock().sleep(Duration.ofDays(1));
      }
    });
  }

  private static Contact theServer(SimNode server) {
    return Contact.of(TestNodes.identity("server").peerId(), server.at(PORT));
  }

  private void ask(Script script) {
    client.start(env -> {
      try (Peers peers = TestNodes.peers(env, "client", client.at(PORT), new Services())) {
        script.run(env, peers);
        done = true;
      }
    });
    world.expect(RunEnd.DONE, world.runUntil(() -> done, LIMIT));
  }

  @Test
  void anAnswerComesBackOverOneConnection() {
    services.add(Method.SEGMENT_MAP, x -> x.reply(Bytes.of((byte) 9), x.payload()));
    serve(server);
    ask((env, peers) -> {
      Contact to = theServer(server);
      for (int i = 0; i < 3; i++) {
        Reply reply =
            peers.call(
                to,
                Method.SEGMENT_MAP,
                Bytes.of((byte) 1),
                CallOptions.DEFAULT.payload(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        assertEquals(Bytes.of((byte) 9), reply.body());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), reply.payload());
      }
      assertEquals(1, peers.paths().size());
    });
  }

  @Test
  void piecesTravelOnATunnelOfTheirOwn() {
    byte[] piece = new byte[128 << 10];
    services.add(
        Method.GET_PIECES,
        x -> {
          for (int i = 0; i < 16; i++) {
            x.item(Bytes.of((byte) i), ByteBuffer.wrap(piece));
          }
          x.end();
        });
    serve(server);
    ask((env, peers) -> {
      try (ItemStream items =
          peers.stream(theServer(server), Method.GET_PIECES, Bytes.EMPTY, CallOptions.DEFAULT)) {
        for (int i = 0; i < 16; i++) {
          Reply item = items.next().orElseThrow();
          assertEquals(Bytes.of((byte) i), item.body());
          assertEquals(ByteBuffer.wrap(piece), item.payload());
        }
        assertEquals(Optional.empty(), items.next());
      }
      assertEquals(List.of(0, 1), peers.paths().stream().map(PeerPath::tunnel).toList());
    });
  }

  @Test
  void aMessageWithoutAnswerArrives() {
    services.add(Method.HAVE, x -> seen.add(x.body() + " from " + x.peer()));
    serve(server);
    ask((env, peers) -> {
      Bytes body = Bytes.of((byte) 5);
      peers.oneway(theServer(server), Method.HAVE, body, CallOptions.DEFAULT);
      env.clock().sleep(Duration.ofSeconds(1));
      assertEquals(List.of("05 from " + TestNodes.identity("client").peerId()), seen);
    });
  }

  @Test
  void refusalsAndFailuresComeWithTheirStatusAndWithoutDetailsOfOurs() {
    services.add(Method.PUT_OPEN, x -> x.refuse(Status.CONTRACT_INVALID, "no such contract"));
    services.add(
        Method.PUT_COMMIT,
        x -> {
          throw new IllegalArgumentException("secret");
        });
    services.add(Method.PUT_ABORT, x -> seen.add("nothing said"));
    serve(server);
    ask((env, peers) -> {
      Contact to = theServer(server);
      assertEquals(
          "CONTRACT_INVALID: no such contract", failure(peers, to, Method.PUT_OPEN).getMessage());
      assertEquals("INTERNAL", failure(peers, to, Method.PUT_COMMIT).getMessage());
      assertEquals("INTERNAL", failure(peers, to, Method.PUT_ABORT).getMessage());
      assertEquals(Status.UNAVAILABLE, failure(peers, to, Method.SERVICE_DIRECTORY).status());
    });
  }

  private static CallFailed failure(Peers peers, Contact to, Method method) {
    return assertThrows(
        CallFailed.class, () -> peers.call(to, method, Bytes.EMPTY, CallOptions.DEFAULT));
  }
}
