package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Counters;
import io.ppio.env.Env;
import io.ppio.env.Link;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.NetworkId;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Envelope;
import io.ppio.network.wire.Frames;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is let in; conformance item 6 of the network specification.
class GreetingSimTest {
  private static final Bytes GROUP = Bytes.of(new byte[Hello.GROUP_SIZE]);
  private static final NetworkId OTHER = NetworkId.of("other", Hash.ZERO);

  private final PeersFixture net = new PeersFixture(3, SimConfig.calm());

  @BeforeEach
  void serve() {
    net.serve(env -> new Services().add(Method.SEGMENT_MAP, x -> x.reply(Bytes.EMPTY)));
  }

  @AfterEach
  void close() {
    net.close();
  }

  /// A greeting of `node`, named as its identity, for tunnel `index`.
  static Hello hello(Env env, SimNode node, int index) {
    PeerRecord record =
        TestNodes.record(env, TestNodes.identity(node.name()), node.at(PeersFixture.PORT));
    return hello(env, record, 1, 1, index);
  }

  private static Hello hello(
      Env env, PeerRecord record, int protocolMin, int protocolMax, int index) {
    return new Hello(
        TestNodes.NETWORK,
        protocolMin,
        protocolMax,
        "test",
        record,
        record.endpoints().getFirst(),
        0,
        env.clock().wallMillis(),
        index,
        GROUP,
        1);
  }

  private Hello hello(Env env, int protocolMin, int protocolMax) {
    return hello(env, hello(env, net.client(), 0).record(), protocolMin, protocolMax, 0);
  }

  /// How the server takes `hello` over a link of the client.
  private Status answerTo(Env env, Hello hello) throws Exception {
    Link link =
        env.links()
            .dial(
                net.server().at(PeersFixture.PORT),
                TestNodes.identity("client"),
                Duration.ofSeconds(1));
    Mux mux = new Mux(env.clock(), link, new Counters<>(TransportCounter.class));
    try (Tasks tasks = env.tasks("raw")) {
      tasks.serve("write", mux::write);
      tasks.serve("read", () -> new MuxReader(mux).run());
      new Greeting(env.clock(), TestNodes.NETWORK).dial(mux, hello);
      return Status.OK;
    } catch (CallFailed e) {
      return e.status();
    }
  }

  @Test
  void aNodeOfAnotherNetworkIsRejectedAndNotTriedAgain() {
    PeersConfig config = PeersConfig.user(OTHER).inLan();
    net.ask(
        config,
        (env, peers) -> {
          assertEquals(Status.WRONG_NETWORK, failure(peers).status());
          env.clock().sleep(Duration.ofSeconds(30));
          CallFailed again = failure(peers);
          assertEquals(Status.UNAVAILABLE, again.status());
          assertTrue(again.retryAfter().compareTo(Duration.ofMinutes(59)) > 0);
        });
  }

  private CallFailed failure(Peers peers) {
    return PeersFixture.failure(peers, net.theServer(), Method.SEGMENT_MAP);
  }

  @Test
  void versionsMustOverlap() {
    net.ask((env, peers) -> {
      assertEquals(Status.VERSION, answerTo(env, hello(env, 2, 3)));
      assertEquals(Status.VERSION, answerTo(env, hello(env, 0, 0)));
      assertEquals(Status.OK, answerTo(env, hello(env, 0, 3)));
    });
  }

  @Test
  void aClockADayOffIsRejectedAndHalfADayIsNot() {
    net.client().setWallOffset(Duration.ofHours(25));
    net.ask((env, peers) -> {
      assertEquals(Status.CLOCK, failure(peers).status());
      net.client().setWallOffset(Duration.ofHours(-13));
      env.clock().sleep(Duration.ofSeconds(10));
      peers.call(net.theServer(), Method.SEGMENT_MAP, Bytes.EMPTY, CallOptions.DEFAULT);
    });
  }

  @Test
  void aRecordOfAnotherNodeIsRejected() {
    net.ask((env, peers) -> {
      PeerRecord foreign = TestNodes.record(env, TestNodes.identity("eve"), net.client().at(1));
      assertEquals(Status.UNAUTHENTICATED, answerTo(env, hello(env, foreign, 1, 1, 0)));
    });
  }

  @Test
  void whoeverAnswersMustBeWhoWasDialled() {
    net.ask((env, peers) -> {
      Contact wrong =
          Contact.of(TestNodes.identity("eve").peerId(), net.server().at(PeersFixture.PORT));
      assertEquals(
          Status.UNAUTHENTICATED, PeersFixture.failure(peers, wrong, Method.SEGMENT_MAP).status());
    });
  }

  @Test
  void aSilentOrTalkativeStrangerIsDroppedWithinSeconds() {
    net.ask((env, peers) -> {
      Link silent = dial(env);
      long start = env.clock().nanos();
      ByteBuffer answer = ByteBuffer.allocate(64);
      assertEquals(-1, silent.read(answer));
      assertTrue(env.clock().nanos() - start < Duration.ofSeconds(6).toNanos());
      Link talkative = dial(env);
      ByteBuffer request =
          Frames.head(
              Envelope.asking(Envelope.Kind.REQUEST, 1, Method.SEGMENT_MAP, 100, Bytes.EMPTY));
      ByteBuffer head = ByteBuffer.allocate(MuxHeader.SIZE);
      new MuxHeader(MuxHeader.Type.DATA, 0, 0, request.remaining()).encode(head);
      talkative.write(head.flip(), request);
      assertEquals(-1, talkative.read(answer));
    });
  }

  private Link dial(Env env) throws Exception {
    return env.links()
        .dial(
            net.server().at(PeersFixture.PORT),
            TestNodes.identity("client"),
            Duration.ofSeconds(1));
  }

  @Test
  void aLinkIsClosedAtOnceWhereItsGreetingFailsByOurFault() {
    SimNode failing = net.world().node("failing");
    failing.start(env -> {
      try (Peers peers =
          new Peers(
              env,
              TestNodes.identity("failing"),
              TestNodes.config(),
              new Services(),
              () -> {
                throw new IllegalStateException("no record");
              })) {
        peers.listen(failing.at(PeersFixture.PORT));
        env.clock().sleep(Duration.ofDays(1));
      }
    });
    net.ask((env, peers) -> {
      long start = env.clock().nanos();
      assertEquals(
          Status.UNAVAILABLE,
          PeersFixture.failure(peers, PeersFixture.contact(failing), Method.COPY_FROM).status());
      long millis = (env.clock().nanos() - start) / 1_000_000;
      assertTrue(millis < 1_000, () -> millis + " ms");
    });
  }

  @Test
  void nobodyCallsItself() {
    net.ask((_, peers) ->
        assertEquals(
            Status.UNAVAILABLE,
            PeersFixture.failure(peers, PeersFixture.contact(net.client()), Method.SEGMENT_MAP)
                .status()));
  }
}
