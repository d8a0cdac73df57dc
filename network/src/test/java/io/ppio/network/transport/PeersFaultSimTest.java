package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimConfig;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.env.simulated.fixtures.Seeds;
import io.ppio.network.fixtures.TestNodes;
import io.ppio.network.peer.Contact;
import io.ppio.network.wire.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Nodes that call each other while links stall, break and part, and nodes are killed: every
/// exchange ends in time, with the right bytes or a failure.
class PeersFaultSimTest {
  private static final int NODES = 4;
  private static final int CALLERS = 5;
  private static final Duration UNTIL = Duration.ofSeconds(50);

  private final List<String> wrong = new ArrayList<>();
  private int answered;
  private int failed;

  private static byte[] pattern(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (seed * 31 + i * 7 + (i >> 8));
    }
    return bytes;
  }

  private static Services services() {
    return new Services()
        .add(Method.SEGMENT_MAP, x -> x.reply(x.body()))
        .add(Method.PUT_PIECE, x -> x.reply(Bytes.EMPTY, x.payload()))
        .add(
            Method.GET_PIECES,
            x -> {
              for (int i = 0; i < x.body().at(0); i++) {
                x.item(Bytes.of((byte) i), ByteBuffer.wrap(pattern(i, 100_000)));
              }
              x.end();
            });
  }

  private void live(Env env, SimNode self, List<SimNode> all) throws Exception {
    try (Peers peers = TestNodes.peers(env, self.name(), self.at(PeersFixture.PORT), services());
        Tasks tasks = env.tasks("callers")) {
      peers.listen(self.at(PeersFixture.PORT));
      List<Task> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        RandomGenerator random = env.random("caller-" + i);
        callers.add(tasks.serve("caller", () -> ask(env, peers, random, all)));
      }
      for (Task caller : callers) {
        caller.join();
      }
    }
  }

  private void ask(Env env, Peers peers, RandomGenerator random, List<SimNode> all)
      throws Exception {
    while (true) {
      env.clock().sleep(Duration.ofMillis(random.nextInt(400)));
      Contact to = PeersFixture.contact(all.get(random.nextInt(all.size())));
      if (to.id().equals(peers.id())) {
        continue;
      }
      Duration within = Duration.ofMillis(50 + random.nextInt(4_000));
      long start = env.clock().nanos();
      try {
        exchange(peers, to, random.nextInt(3), random.nextInt(200_000), within);
        answered++;
      } catch (CallFailed e) {
        failed++;
      }
      Duration took = Duration.ofNanos(env.clock().nanos() - start);
      if (took.compareTo(within.plusMillis(1)) > 0) {
        wrong.add("took " + took + " of " + within);
      }
    }
  }

  private void exchange(Peers peers, Contact to, int kind, int size, Duration within)
      throws Exception {
    CallOptions options = CallOptions.DEFAULT.within(within).forFile();
    byte[] sent = pattern(size, kind == 0 ? size / 10 : size);
    switch (kind) {
      case 0 -> {
        Reply reply = peers.call(to, Method.SEGMENT_MAP, Bytes.of(sent), options);
        expect(reply.body().equals(Bytes.of(sent)), "body");
      }
      case 1 -> {
        CallOptions piece = options.payload(ByteBuffer.wrap(sent));
        Reply reply = peers.call(to, Method.PUT_PIECE, Bytes.EMPTY, piece);
        expect(reply.payload().equals(ByteBuffer.wrap(sent)), "payload");
      }
      default -> {
        Bytes count = Bytes.of((byte) (size % 20));
        try (ItemStream items = peers.stream(to, Method.GET_PIECES, count, options)) {
          for (int i = 0; i < size % 20; i++) {
            Reply item = items.next().orElseThrow();
            expect(item.payload().equals(ByteBuffer.wrap(pattern(i, 100_000))), "item");
          }
          expect(items.next().isEmpty(), "end");
        }
      }
    }
  }

  private void expect(boolean holds, String what) {
    if (!holds) {
      wrong.add("wrong " + what);
    }
  }

  private Bytes world(long seed) {
    SimConfig config = SimConfig.rough();
    try (SimWorld world = new SimWorld(seed, config.with(config.links().withProveKeys(false)))) {
      List<SimNode> nodes = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        nodes.add(world.node("node-" + i));
      }
      RandomGenerator script = world.random("kills");
      for (SimNode node : nodes) {
        node.start(env -> live(env, node, nodes));
      }
      for (int i = 0; i < 5; i++) {
        SimNode victim = nodes.get(script.nextInt(NODES));
        world.at(
            Duration.ofSeconds(5 + script.nextInt(40)),
            () -> victim.restart(env -> live(env, victim, nodes)));
      }
      world.expect(RunEnd.TIME_LIMIT, world.runUntil(UNTIL));
      assertEquals(List.of(), wrong, world::describe);
      return world.traceHash();
    }
  }

  @Seeds(6)
  void everyExchangeEndsInTimeWithTheRightBytesOrAFailure(long seed) {
    world(seed);
    assertTrue(answered > 500 && failed > 5, () -> answered + " answered, " + failed + " not");
  }

  @Seeds(1)
  void theSameSeedGivesTheSameTrace(long seed) {
    assertEquals(world(seed), world(seed));
  }
}
