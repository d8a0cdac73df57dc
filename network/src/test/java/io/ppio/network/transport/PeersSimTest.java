package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that ask each other, over a network with latency, in virtual time.
class PeersSimTest {
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
  void anAnswerComesBackOverOneTunnel() {
    services.add(Method.SEGMENT_MAP, x -> x.reply(Bytes.of((byte) 9), x.payload()));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      CallOptions options = CallOptions.DEFAULT.payload(ByteBuffer.wrap(new byte[] {1, 2}));
      for (int i = 0; i < 3; i++) {
        Reply reply = peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, options);
        assertEquals(Bytes.of((byte) 9), reply.body());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), reply.payload());
      }
      assertEquals(1, peers.tunnels().size());
    });
  }

  @Test
  void piecesTravelOnATunnelOfTheirOwn() {
    services.add(
        Method.GET_PIECES,
        x -> {
          for (int i = 0; i < 16; i++) {
            x.item(Bytes.of((byte) i), ByteBuffer.wrap(PIECE));
          }
          x.end();
        });
    net.serve(env -> services);
    net.ask((env, peers) -> {
      try (ItemStream items =
          peers.stream(net.theServer(), Method.GET_PIECES, Bytes.EMPTY, CallOptions.DEFAULT)) {
        for (int i = 0; i < 16; i++) {
          Reply item = items.next().orElseThrow();
          assertEquals(Bytes.of((byte) i), item.body());
          assertEquals(ByteBuffer.wrap(PIECE), item.payload());
        }
        assertEquals(Optional.empty(), items.next());
      }
      assertEquals(List.of(0, 1), peers.tunnels().stream().map(TunnelView::index).toList());
    });
  }

  @Test
  void aLargeIndexBodyTravelsAsPayloadAndIsABodyAgain() {
    Bytes large = Bytes.of(new byte[900_000]);
    services.add(Method.INDEX, x -> x.reply(x.body()));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      Reply reply = peers.call(net.theServer(), Method.INDEX, large, CallOptions.DEFAULT);
      assertEquals(large, reply.body());
      assertEquals(0, reply.payload().remaining());
    });
  }

  @Test
  void aMessageWithoutAnswerArrives() {
    services.add(Method.HAVE, x -> seen.add(x.body() + " from " + x.peer()));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      Bytes body = Bytes.of((byte) 5);
      peers.oneway(net.theServer(), Method.HAVE, body, CallOptions.DEFAULT);
      env.clock().sleep(SECOND);
      assertEquals(List.of("05 from " + TestNodes.identity("client").peerId()), seen);
    });
  }

  @Test
  void aRequestHasATraceThatStaysWithWhatItLeadsTo() {
    List<Long> traces = new ArrayList<>();
    services.add(
        Method.SEGMENT_MAP,
        x -> {
          traces.add(x.trace());
          x.reply(Bytes.EMPTY);
        });
    net.serve(env -> services);
    net.ask((env, peers) -> {
      call(peers);
      call(peers);
      assertEquals(2, traces.stream().filter(trace -> trace != 0).distinct().count());
      CallOptions same = CallOptions.DEFAULT.trace(traces.getFirst());
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, same);
      assertEquals(traces.getFirst(), traces.getLast());
    });
  }

  @Test
  void bytesAreCountedForEachLinkAndInAll() {
    services.add(Method.PUT_PIECE, x -> x.reply(Bytes.EMPTY, x.payload()));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      CallOptions piece = CallOptions.DEFAULT.payload(ByteBuffer.wrap(PIECE));
      peers.call(net.theServer(), Method.PUT_PIECE, Bytes.EMPTY, piece);
      TunnelView bulk = peers.tunnels().getLast();
      for (long bytes : List.of(bulk.sent(), bulk.received())) {
        assertTrue(bytes > PIECE.length && bytes < PIECE.length + 4_000, () -> bytes + " bytes");
      }
      Map<String, Long> figures = peers.counters().figures();
      assertEquals(
          peers.tunnels().stream().mapToLong(TunnelView::sent).sum(), figures.get("bytes-sent"));
      assertEquals(
          peers.tunnels().stream().mapToLong(TunnelView::received).sum(),
          figures.get("bytes-received"));
    });
  }

  @Test
  void aRecordThatIsNewReachesTheNeighboursOverTheTunnelsThereAre() {
    services.add(Method.SEGMENT_MAP, x -> x.reply(x.record().encode()));
    net.serve(env -> services);
    NodeIdentity identity = TestNodes.identity("client");
    net.ask((env, _) -> {
      PeerRecord[] own = {TestNodes.record(env, identity, net.client().at(1))};
      try (Peers peers =
          new Peers(env, identity, TestNodes.config(), new Services(), () -> own[0])) {
        for (int i = 0; i < 3; i++) {
          assertEquals(own[0].encode(), call(peers));
          own[0] = TestNodes.record(env, identity, net.client().at(1));
          peers.greetAgain();
          env.clock().sleep(Duration.ofSeconds(40));
        }
        assertEquals(1, peers.tunnels().size());
        peers.greetAgain();
        env.clock().sleep(SECOND);
        peers.greetAgain();
        env.clock().sleep(SECOND);
        assertEquals(0, peers.tunnels().size(), "who greets all the time is cut off");
      }
    });
  }

  private Bytes call(Peers peers) throws Exception {
    return peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT).body();
  }

  @Test
  void refusalsAndFailuresComeWithTheirStatusAndWithoutDetailsOfOurs() {
    services
        .add(Method.PUT_OPEN, x -> x.refuse(Status.CONTRACT_INVALID, "no such contract"))
        .add(Method.PUT_PIECE, x -> throwing(new Refused(Status.CORRUPT, "wrong hash")))
        .add(Method.PUT_COMMIT, x -> throwing(new IllegalArgumentException("secret")))
        .add(Method.SEGMENT_MAP, x -> throwing(new MalformedMessage("no hash")))
        .add(Method.PUT_ABORT, x -> seen.add("nothing said"));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      assertEquals("CONTRACT_INVALID: no such contract", message(peers, Method.PUT_OPEN));
      assertEquals("CORRUPT: wrong hash", message(peers, Method.PUT_PIECE));
      assertEquals("INTERNAL", message(peers, Method.PUT_COMMIT));
      assertEquals("BAD_REQUEST: no hash", message(peers, Method.SEGMENT_MAP));
      assertEquals("INTERNAL", message(peers, Method.PUT_ABORT));
      assertEquals("UNAVAILABLE: not served here", message(peers, Method.HOT_OFFER));
    });
  }

  private static void throwing(Exception reason) throws Exception {
    throw reason;
  }

  private String message(Peers peers, Method method) {
    return String.valueOf(PeersFixture.failure(peers, net.theServer(), method).getMessage());
  }

  /// Answers after `time`, and says when it is interrupted meanwhile.
  private Service lingering(Env env, Duration time) {
    return x -> {
      try {
        env.clock().sleep(time);
        x.reply(Bytes.EMPTY);
      } catch (InterruptedException e) {
        seen.add("interrupted");
        throw e;
      }
    };
  }

  @Test
  void aCallEndsAtItsDeadlineAndItsServiceIsInterrupted() {
    services.add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY));
    net.serve(env -> services.add(Method.COPY_FROM, lingering(env, Duration.ofMinutes(1))));
    net.ask((env, peers) -> {
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
      long start = env.clock().nanos();
      CallOptions second = CallOptions.DEFAULT.within(SECOND);
      assertEquals(
          Status.DEADLINE,
          PeersFixture.failure(peers, net.theServer(), Method.COPY_FROM, second).status());
      assertEquals(1_000, (env.clock().nanos() - start) / 1_000_000);
      env.clock().sleep(SECOND);
      assertEquals(List.of("interrupted"), seen);
    });
  }

  @Test
  void aRequestWithLessThanTenMillisecondsLeftIsNotServed() {
    services
        .add(Method.SEGMENT_MAP, x -> seen.add("served"))
        .add(Method.PUT_OPEN, x -> x.reply(Bytes.EMPTY));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      peers.call(net.theServer(), Method.PUT_OPEN, Bytes.EMPTY, CallOptions.DEFAULT);
      CallOptions brief = CallOptions.DEFAULT.within(Duration.ofMillis(9));
      CallFailed failure = PeersFixture.failure(peers, net.theServer(), Method.SEGMENT_MAP, brief);
      assertEquals("DEADLINE: too little time left", failure.getMessage());
      assertEquals(List.of(), seen);
    });
  }

  @Test
  void aCallWithNoTimeLeftFailsAtOnceAndIsNotSent() {
    services.add(Method.SEGMENT_MAP, x -> seen.add("served"));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      long start = env.clock().nanos();
      for (Duration left : List.of(Duration.ZERO, SECOND.negated())) {
        CallOptions none = CallOptions.DEFAULT.within(left);
        CallFailed failure = PeersFixture.failure(peers, net.theServer(), Method.SEGMENT_MAP, none);
        assertEquals(Status.DEADLINE, failure.status());
      }
      assertEquals(start, env.clock().nanos());
      env.clock().sleep(SECOND);
      assertEquals(List.of(), seen);
    });
  }

  @Test
  void theDeadlineShrinksOnTheWayOverTwoHops() {
    SimNode middle = net.world().node("middle");
    net.serve(env ->
        services.add(
            Method.PUT_COMMIT,
            x -> {
              long left = x.deadline().left().toMillis();
              assertTrue(left > 1_600 && left < 1_700, () -> left + " ms left");
              x.reply(Bytes.of((byte) 1));
            }));
    middle.start(env -> {
      Services forwarding = new Services();
      try (Peers peers = TestNodes.peers(env, "middle", middle.at(PeersFixture.PORT), forwarding)) {
        forwarding.add(
            Method.PUT_COMMIT,
            x -> {
              env.clock().sleep(Duration.ofMillis(300));
              CallOptions rest = CallOptions.DEFAULT.within(x.deadline().left());
              x.reply(peers.call(net.theServer(), x.method(), x.body(), rest).body());
            });
        peers.listen(middle.at(PeersFixture.PORT));
        env.clock().sleep(Duration.ofHours(1));
      }
    });
    net.ask((env, peers) -> {
      env.clock().sleep(SECOND);
      CallOptions two = CallOptions.DEFAULT.within(Duration.ofSeconds(2));
      Contact to = PeersFixture.contact(middle);
      assertEquals(Bytes.of((byte) 1), peers.call(to, Method.PUT_COMMIT, Bytes.EMPTY, two).body());
    });
  }

  @Test
  void cancellingAStreamStopsTheServiceThatFeedsIt() {
    int[] sent = {0};
    services.add(
        Method.GET_PIECES,
        x -> {
          try {
            while (true) {
              x.item(Bytes.EMPTY, ByteBuffer.wrap(PIECE));
              sent[0]++;
            }
          } finally {
            seen.add("stopped");
          }
        });
    net.serve(env -> services);
    net.ask((env, peers) -> {
      ItemStream items =
          peers.stream(net.theServer(), Method.GET_PIECES, Bytes.EMPTY, CallOptions.DEFAULT);
      items.next();
      env.clock().sleep(SECOND);
      int before = sent[0];
      env.clock().sleep(SECOND);
      assertEquals(before, sent[0], "a reader that does not read stops the sender");
      assertTrue(before <= 5, () -> before + " pieces without being read");
      assertEquals(List.of(), seen);
      items.close();
      env.clock().sleep(SECOND);
      assertEquals(List.of("stopped"), seen);
      assertThrows(CallFailed.class, items::next);
    });
  }

  @Test
  void aCallFailsAtOnceWhenItsLinkIsCut() {
    net.serve(env -> services.add(Method.LEDGER, lingering(env, Duration.ofMinutes(1))));
    net.world().at(SECOND, net.server()::terminate);
    net.ask((env, peers) -> {
      long start = env.clock().nanos();
      assertEquals(
          Status.UNAVAILABLE, PeersFixture.failure(peers, net.theServer(), Method.LEDGER).status());
      long millis = (env.clock().nanos() - start) / 1_000_000;
      assertTrue(millis >= 990 && millis < 1_100, () -> millis + " ms");
    });
  }

  @Test
  void aServerThatWasKilledIsReachedAgainWhenItIsBack() {
    PeersFixture.Serving serving =
        env -> new Services().add(Method.SEGMENT_MAP, x -> x.reply(x.body()));
    net.serve(serving);
    net.world().at(Duration.ofSeconds(10), () -> net.server().kill());
    net.world().at(Duration.ofSeconds(20), () -> net.serve(serving));
    net.ask((env, peers) -> {
      int answered = 0;
      Duration longest = Duration.ZERO;
      CallOptions three = CallOptions.DEFAULT.within(Duration.ofSeconds(3));
      for (int i = 0; i < 40; i++) {
        long start = env.clock().nanos();
        try {
          peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, three);
          answered++;
        } catch (CallFailed e) {
          seen.add(e.status().toString());
        }
        Duration took = Duration.ofNanos(env.clock().nanos() - start);
        longest = took.compareTo(longest) > 0 ? took : longest;
        env.clock().sleep(SECOND);
      }
      int got = answered;
      assertTrue(got >= 22, () -> got + " answers, failures " + seen);
      assertTrue(longest.compareTo(Duration.ofMillis(3_001)) < 0, longest::toString);
    });
  }

  @Test
  void tunnelsThatNobodyUsesAreClosed() {
    services.add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY));
    net.serve(env -> services);
    net.ask((env, peers) -> {
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
      env.clock().sleep(Duration.ofSeconds(58));
      assertEquals(1, peers.tunnels().size());
      env.clock().sleep(Duration.ofSeconds(7));
      assertEquals(0, peers.tunnels().size());
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
      assertEquals(1, peers.tunnels().size());
    });
  }

  @Test
  void ofTwoTunnelsMadeAtOnceOneStaysAndNoCallFails() {
    Services both = new Services().add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY));
    List<SimNode> nodes = List.of(net.server(), net.client());
    int[] ended = {0};
    for (int i = 0; i < 2; i++) {
      SimNode self = nodes.get(i);
      SimNode other = nodes.get(1 - i);
      self.start(env -> {
        try (Peers peers = TestNodes.peers(env, self.name(), self.at(PeersFixture.PORT), both)) {
          peers.listen(self.at(PeersFixture.PORT));
          env.clock().sleep(SECOND);
          for (int n = 0; n < 2_000; n++) {
            peers.call(
                PeersFixture.contact(other), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
          }
          env.clock().sleep(SECOND);
          seen.add(self.name() + " has " + peers.tunnels().size());
          ended[0]++;
          env.clock().sleep(Duration.ofMinutes(1));
        }
      });
    }
    net.world().expect(RunEnd.DONE, net.world().runUntil(() -> ended[0] == 2, PeersFixture.LIMIT));
    seen.sort(null);
    assertEquals(List.of("client has 1", "server has 1"), seen);
  }
}
