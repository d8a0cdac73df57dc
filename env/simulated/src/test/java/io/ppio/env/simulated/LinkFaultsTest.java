package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Link;
import io.ppio.env.Links;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.FaultCounters.Fault;
import io.ppio.env.simulated.fixtures.PlainIdentity;
import io.ppio.env.simulated.fixtures.Seeds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each fault of the network, alone.
class LinkFaultsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static SimConfig only(SimConfig.LinkFaults faults) {
    return SimConfig.calm().with(faults);
  }

  private static void sendNumbers(Link link, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      link.write(ByteBuffer.allocate(4).putInt(i).flip());
    }
  }

  private static void expectNumbers(Link link, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      ByteBuffer number = ByteBuffer.allocate(4);
      while (number.hasRemaining()) {
        assertTrue(link.read(number) > 0, "the link ended early");
      }
      assertEquals(i, number.flip().getInt());
    }
  }

  @Seeds(10)
  void delaysAndReorderingKeepTheOrderWithinALink(long seed) {
    LinkPair pair = new LinkPair(seed, only(new SimConfig.LinkFaults(0.1, 0, 0.3, 0, 0)));
    pair.run(link -> expectNumbers(link, 0, 500), link -> sendNumbers(link, 500));
    assertTrue(pair.world().faults().of(Fault.DELAY) > 10);
    assertTrue(pair.world().faults().of(Fault.REORDER) > 50);
    assertTrue(pair.world().now().toMillis() > 500, "delays took no time");
  }

  @Test
  void reorderingLetsOneLinkOvertakeAnother() {
    int overtaken = 0;
    for (long seed = 1; seed <= 40; seed++) {
      List<Integer> order = new ArrayList<>();
      try (SimWorld world = new SimWorld(seed, only(new SimConfig.LinkFaults(0, 0, 0.5, 0, 0)))) {
        SimNode server = world.node("server");
        server.start(env -> {
          try (Links.Listener listener =
                  env.links().listen(new InetSocketAddress(LinkPair.PORT), new PlainIdentity("s"));
              Tasks tasks = env.tasks("serve")) {
            for (int i = 0; i < 2; i++) {
              Link link = listener.accept();
              tasks.fork(
                  "read",
                  () -> {
                    ByteBuffer number = ByteBuffer.allocate(1);
                    link.read(number);
                    order.add((int) number.get(0));
                  });
            }
            tasks.join();
          }
        });
        world
            .node("client")
            .start(env -> {
              env.clock().sleep(SECOND);
              Link first = dial(env.links(), server);
              Link second = dial(env.links(), server);
              env.clock().sleep(SECOND);
              first.write(ByteBuffer.wrap(new byte[] {1}));
              second.write(ByteBuffer.wrap(new byte[] {2}));
              env.clock().sleep(SECOND);
            });
        world.expect(RunEnd.IDLE, world.runUntil(Duration.ofHours(1)));
      }
      assertEquals(2, order.size());
      overtaken += order.getFirst() == 2 ? 1 : 0;
    }
    assertTrue(overtaken > 4 && overtaken < 36, overtaken + " of 40 overtaken");
  }

  private static Link dial(Links links, SimNode to) throws IOException, InterruptedException {
    return links.dial(to.at(LinkPair.PORT), new PlainIdentity("c"), Duration.ofMinutes(1));
  }

  @Seeds(10)
  void aLossBreaksBothEndsAndNothingAfterItArrives(long seed) {
    LinkPair pair = new LinkPair(seed, only(new SimConfig.LinkFaults(0, 0.02, 0, 0, 0)));
    int[] arrived = {0};
    pair.run(
        link ->
            assertThrows(
                IOException.class,
                () -> {
                  while (true) {
                    expectNumbers(link, arrived[0], arrived[0] + 1);
                    arrived[0]++;
                  }
                }),
        link -> {
          assertThrows(IOException.class, () -> sendNumbers(link, 1_000_000));
        });
    assertEquals(1, pair.world().faults().of(Fault.LOSS));
    assertTrue(arrived[0] < 1000, () -> arrived[0] + " arrived");
  }

  @Test
  void aDuplicateConnectionArrivesAndEndsWithoutAByte() {
    try (SimWorld world = new SimWorld(3, only(new SimConfig.LinkFaults(0, 0, 0, 1, 0)))) {
      SimNode server = world.node("server");
      List<Integer> counts = new ArrayList<>();
      server.start(env -> {
        try (Links.Listener listener =
            env.links().listen(new InetSocketAddress(LinkPair.PORT), new PlainIdentity("s"))) {
          for (int i = 0; i < 2; i++) {
            try (Link link = listener.accept()) {
              counts.add(link.read(ByteBuffer.allocate(10)));
            }
          }
        }
      });
      world
          .node("client")
          .start(env -> {
            env.clock().sleep(SECOND);
            try (Link link = dial(env.links(), server)) {
              link.write(ByteBuffer.allocate(3));
            }
          });
      world.expect(RunEnd.IDLE, world.runUntil(Duration.ofHours(1)));
      assertEquals(List.of(-1, 3), counts);
    }
  }

  @Seeds(10)
  void aHealedPartitionDeliversWhatItHeldUp(long seed) {
    LinkPair pair = LinkPair.calm(seed);
    SimWorld world = pair.world();
    var partitions = new ArrayList<SimNetwork.Partition>();
    world.at(
        SECOND,
        () ->
            partitions.add(
                world.network().partition(List.of(pair.server()), List.of(pair.client()))));
    world.at(Duration.ofSeconds(10), () -> partitions.getFirst().heal());
    long[] gotAll = {0};
    pair.run(
        link -> {
          expectNumbers(link, 0, 1000);
          gotAll[0] = world.now().toMillis();
        },
        link -> {
          sendNumbers(link, 10);
          pair.serverClock().sleep(Duration.ofSeconds(2));
          for (int i = 10; i < 1000; i++) {
            link.write(ByteBuffer.allocate(4).putInt(i).flip());
          }
          pair.serverClock().sleep(Duration.ofSeconds(30));
        });
    assertTrue(gotAll[0] >= 10_000 && gotAll[0] < 11_100, () -> "got all at " + gotAll[0]);
  }

  @Test
  void aLongPartitionBreaksLinksInUseAndForbidsNewOnes() {
    LinkPair pair = LinkPair.calm(1);
    SimWorld world = pair.world();
    world.at(SECOND, () -> world.network().isolate(pair.server()));
    pair.run(
        link ->
            assertThrows(
                IOException.class,
                () -> {
                  pair.serverClock().sleep(Duration.ofSeconds(2));
                  link.write(ByteBuffer.allocate(1));
                  link.read(ByteBuffer.allocate(1));
                }),
        link -> assertThrows(IOException.class, () -> link.read(ByteBuffer.allocate(1))));
    assertTrue(world.now().compareTo(Duration.ofSeconds(20)) > 0);
  }

  @Test
  void dialsWaitForThePartitionToHealOrForTheirTimeout() {
    try (SimWorld world = new SimWorld(1)) {
      SimNode server = world.node("server");
      SimNode client = world.node("client");
      server.start(env -> {
        Links.Listener listener =
            env.links().listen(new InetSocketAddress(LinkPair.PORT), new PlainIdentity("s"));
        listener.accept();
      });
      world.network().block(List.of(server), List.of(client));
      world.at(Duration.ofSeconds(10), () -> world.network().healAll());
      boolean[] done = {false};
      client.start(env -> {
        env.clock().sleep(SECOND);
        assertThrows(
            SocketTimeoutException.class,
            () -> env.links().dial(server.at(LinkPair.PORT), new PlainIdentity("c"), SECOND));
        dial(env.links(), server).close();
        assertTrue(world.now().toMillis() >= 10_000);
        done[0] = true;
      });
      world.expect(RunEnd.DONE, world.runUntil(() -> done[0], Duration.ofHours(1)));
    }
  }

  @Test
  void partitionsByChanceComeAndGo() {
    SimConfig config = only(new SimConfig.LinkFaults(0, 0, 0, 0, 0.2));
    try (SimWorld world = new SimWorld(1, config)) {
      SimNode a = world.node("a");
      SimNode b = world.node("b");
      int[] seconds = {0, 0};
      for (int i = 1; i <= 1000; i++) {
        world.at(Duration.ofSeconds(i), () -> seconds[world.network().cuts(a, b) ? 1 : 0]++);
      }
      assertEquals(RunEnd.TIME_LIMIT, world.runUntil(Duration.ofSeconds(1001)));
      assertTrue(seconds[0] > 200 && seconds[1] > 200, seconds[0] + " whole, " + seconds[1]);
    }
  }

  @Test
  void latencyCanBeSetForOneDirection() {
    LinkPair pair = LinkPair.calm(1);
    pair.world().network().setLatency(pair.server(), pair.client(), SECOND);
    byte[] echo = new byte[1];
    pair.run(
        link -> {
          ByteBuffer one = ByteBuffer.allocate(1);
          link.read(one);
          link.write(one.flip());
        },
        link -> {
          long before = pair.world().now().toMillis();
          link.write(ByteBuffer.wrap(new byte[] {7}));
          link.read(ByteBuffer.wrap(echo));
          long took = pair.world().now().toMillis() - before;
          assertTrue(took >= 1000 && took < 1010, () -> "the round trip took " + took + " ms");
        });
    assertArrayEquals(new byte[] {7}, echo);
  }
}
