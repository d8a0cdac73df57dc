package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whom a node dials, how often it asks, and whom it keeps out.
class PeersPolicySimTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final PeersFixture.Serving ECHO =
      env -> new Services().add(Method.SEGMENT_MAP, x -> x.reply(x.body()));

  private final PeersFixture net = new PeersFixture(11, SimConfig.calm());

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void aDeadAddressDelaysADialByAQuarterOfASecondAtMost() {
    SimNode away = net.world().node("away");
    net.world().network().isolate(away);
    net.serve(ECHO);
    net.ask((env, peers) -> {
      Contact to =
          new Contact(
              net.theServer().id(),
              List.of(
                  Endpoint.tcp(Endpoint.Kind.DIRECT_LOCAL, away.at(PeersFixture.PORT)),
                  net.theServer().endpoints().getFirst()));
      long start = env.clock().nanos();
      peers.call(to, Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
      long millis = (env.clock().nanos() - start) / 1_000_000;
      assertTrue(millis >= 250 && millis < 300, () -> millis + " ms");
    });
  }

  @Test
  void anAddressThatFailedIsLeftAloneForAWhileAndSaysForHowLong() {
    net.ask((env, peers) -> {
      Contact to = net.theServer();
      assertEquals(
          Status.UNAVAILABLE, PeersFixture.failure(peers, to, Method.SEGMENT_MAP).status());
      CallFailed again = PeersFixture.failure(peers, to, Method.SEGMENT_MAP);
      assertTrue(again.retryAfter().toMillis() > 0 && again.retryAfter().toMillis() <= 250);
      net.serve(ECHO);
      env.clock().sleep(again.retryAfter().plusMillis(1));
      peers.call(to, Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
    });
  }

  @Test
  void atMostSoManyDialsAreUnderWayAndTheNextWaitsForOneToEnd() {
    SimNode away = net.world().node("away");
    net.world().network().isolate(away);
    net.serve(ECHO);
    net.ask((env, peers) -> {
      try (Tasks tasks = env.tasks("test")) {
        for (int i = 0; i < Dialler.DIALS_MAX; i++) {
          Contact dead =
              Contact.of(TestNodes.identity("dead" + i).peerId(), away.at(PeersFixture.PORT));
          tasks.serve(
              "call", () -> peers.call(dead, Method.COPY_FROM, Bytes.EMPTY, CallOptions.DEFAULT));
        }
        env.clock().sleep(SECOND);
        long start = env.clock().nanos();
        CallOptions patient = CallOptions.DEFAULT.within(Duration.ofSeconds(10));
        peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, patient);
        long millis = (env.clock().nanos() - start) / 1_000_000;
        assertTrue(millis > 3_000 && millis < 5_000, () -> millis + " ms");
      }
    });
  }

  @Test
  void aBulkTunnelThatIsRefusedSaysNothingAboutTheAddress() {
    net.serve(
        net.server(),
        withTunnels(1),
        env ->
            new Services()
                .add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY))
                .add(Method.PUT_PIECE, x -> x.reply(Bytes.EMPTY)));
    net.ask(
        withTunnels(64),
        (env, peers) -> {
          for (int i = 0; i < 14; i++) {
            peers.call(net.theServer(), Method.PUT_PIECE, Bytes.EMPTY, CallOptions.DEFAULT);
            env.clock().sleep(Duration.ofSeconds(15));
          }
          assertTrue(
              peers.counters().figures().getOrDefault("dials-failed", 0L) < 8,
              "it is not tried all the time");
          env.clock().sleep(Duration.ofSeconds(65));
          assertEquals(List.of(), peers.tunnels());
          peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
        });
  }

  /// So many tunnels at once, and failed addresses left alone as in a public network.
  private static PeersConfig withTunnels(int tunnelsMax) {
    PeersConfig usual = TestNodes.config();
    return new PeersConfig(
        usual.network(),
        usual.software(),
        tunnelsMax,
        usual.inflightMax(),
        usual.controlPerSecond(),
        usual.controlBurst(),
        usual.bulkTunnels(),
        usual.idleAfter(),
        PeersConfig.user(usual.network()).redial(),
        usual.lan());
  }

  @Test
  void aPeerThatBreaksTheRulesFiveTimesIsKeptOut() {
    net.serve(ECHO);
    net.ask((env, peers) -> {
      for (int i = 0; i < 5; i++) {
        peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
        breakARule(env);
        env.clock().sleep(SECOND);
      }
      assertEquals(List.of(), peers.tunnels());
      assertEquals(
          Status.FORBIDDEN,
          PeersFixture.failure(peers, net.theServer(), Method.SEGMENT_MAP).status());
    });
  }

  /// Greets the server over a link of its own and then sends what is no frame.
  private void breakARule(Env env) throws Exception {
    NodeIdentity client = TestNodes.identity("client");
    Link link = env.links().dial(net.server().at(PeersFixture.PORT), client, SECOND);
    Mux mux = new Mux(env.clock(), link, new Counters<>(TransportCounter.class));
    try (Tasks tasks = env.tasks("breaking")) {
      tasks.serve("write", mux::write);
      tasks.serve("read", () -> new MuxReader(mux).run());
      new Greeting(env.clock(), TestNodes.NETWORK)
          .dial(mux, GreetingSimTest.hello(env, net.client(), 7));
      ByteBuffer noFrame = ByteBuffer.allocate(MuxHeader.SIZE);
      mux.open(env.clock().in(SECOND)).write(env.clock().in(SECOND), true, noFrame);
      env.clock().sleep(SECOND);
    }
  }
}
