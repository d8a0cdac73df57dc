package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whom a node dials, how often it asks, whom it keeps out, and what time it believes.
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
  void aPeerThatMisbehavesIsKeptOut() {
    Peers[] serving = new Peers[1];
    net.server()
        .start(env -> {
          try (Peers peers =
              TestNodes.peers(env, "server", net.server().at(PeersFixture.PORT), ECHO.with(env))) {
            serving[0] = peers;
            peers.listen(net.server().at(PeersFixture.PORT));
            env.clock().sleep(Duration.ofHours(1));
          }
        });
    net.ask((env, peers) -> {
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
      serving[0].penalise(peers.id(), 9);
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
      serving[0].penalise(peers.id(), 1);
      env.clock().sleep(SECOND);
      assertEquals(List.of(), peers.paths());
      assertEquals(
          Status.FORBIDDEN,
          PeersFixture.failure(peers, net.theServer(), Method.SEGMENT_MAP).status());
    });
  }

  @Test
  void fivePeersPutAClockRightThatIsHalfADayOff() {
    net.client().setWallOffset(Duration.ofHours(13));
    List<SimNode> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SimNode other = net.world().node("other-" + i);
      others.add(other);
      net.serve(other, TestNodes.config(), ECHO);
    }
    net.ask((env, peers) -> {
      env.clock().sleep(SECOND);
      for (SimNode other : others) {
        assertEquals(env.clock().wallMillis(), peers.networkTimeMillis());
        peers.connect(PeersFixture.contact(other), env.clock().in(SECOND));
      }
      long off = env.clock().wallMillis() - peers.networkTimeMillis();
      assertEquals(Duration.ofHours(13).toSeconds(), Math.round(off / 1000.0));
    });
  }
}
