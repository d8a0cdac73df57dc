package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Env;
import io.ppio.env.simulated.SimNetwork;
import io.ppio.env.simulated.SimNode;
import io.ppio.incentive.contract.ClientStatus;
import io.ppio.incentive.contract.ObjectState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there as long as its term, whoever is away for hours.
class LongOutageSimTest {
  private static final Path SOURCE = Path.of("/source");
  private static final Path TARGET = Path.of("/target");
  private static final byte[] CONTENT = UserWorld.content(3 * UserWorld.SEGMENT + 77, 1);

  private static void put(Env env, UserNode user, int copies) throws Exception {
    UserWorld.write(env, SOURCE, CONTENT);
    user.createBucket("abc");
    String put = user.put(UserWorld.request(env, "key", SOURCE, copies)).orElseThrow();
    UserWorld.finish(env, user, put);
  }

  private static void get(Env env, UserNode user) throws Exception {
    UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
    assertArrayEquals(CONTENT, env.disk().readAll(TARGET, CONTENT.length));
  }

  private static void awaitDeal(Env env, UserNode user) throws Exception {
    while (!user.head("abc", "key").state().equals(Optional.of(ObjectState.DEAL))) {
      env.clock().sleep(Duration.ofMillis(500));
    }
  }

  private static List<SimNode> miners(UserWorld network) {
    return List.of(network.machine("m0"), network.machine("m1"), network.machine("m2"));
  }

  @Test
  void anObjectOutlivesHoursWithoutVerifiersAndIsProvenAfterwards() {
    try (UserWorld network = new UserWorld(3, 3, 11)) {
      List<SimNode> verifiers =
          List.of(network.machine("v0"), network.machine("v1"), network.machine("v2"));
      SimNetwork.Partition fromMiners =
          network.world.network().partition(verifiers, miners(network));
      SimNetwork.Partition fromIndexer =
          network.world.network().partition(verifiers, List.of(network.machine("indexer")));
      network.user((env, user) -> put(env, user, 2));
      network.world.runFor(Duration.ofHours(3));
      fromMiners.heal();
      fromIndexer.heal();
      network.user((env, user) -> {
        get(env, user);
        awaitDeal(env, user);
      });
    }
  }

  @Test
  void anAcknowledgementThatTheIndexerHearsHoursLaterCounts() {
    try (UserWorld network = new UserWorld(3, 3, 12)) {
      SimNode indexer = network.machine("indexer");
      SimNetwork.Partition[] cut = new SimNetwork.Partition[1];
      network.user((env, user) -> {
        cut[0] = network.world.network().partition(miners(network), List.of(indexer));
        put(env, user, 2);
      });
      indexer.setWallOffset(Duration.ofHours(3));
      network.world.runFor(Duration.ofSeconds(30));
      cut[0].heal();
      network.user((env, user) -> {
        awaitDeal(env, user);
        get(env, user);
      });
    }
  }

  private static long shown(Env env, UserNode user, ClientStatus status) throws Exception {
    UserWorld.await(env, user, user.refreshStatus("abc", "key"));
    return user.status("abc", "key").segments().stream()
        .flatMap(segment -> segment.contracts().stream())
        .filter(contract -> contract.status() == status)
        .count();
  }

  @Test
  void aCopyThatDidNotAnswerAReaderCountsAgainMinutesAfterItsMinerIsBack() {
    try (UserWorld network = new UserWorld(3, 3, 13)) {
      network.user((env, user) -> {
        put(env, user, 3);
        awaitDeal(env, user);
      });
      SimNetwork.Partition cut =
          network
              .world
              .network()
              .partition(List.of(network.machine("user")), List.of(network.machine("m0")));
      network.user((env, user) -> {
        get(env, user);
        assertTrue(shown(env, user, ClientStatus.SC_UNAVAILABLE) > 0);
      });
      cut.heal();
      network.world.runFor(Duration.ofMinutes(6));
      network.user((env, user) -> {
        assertEquals(0, shown(env, user, ClientStatus.SC_UNAVAILABLE));
        awaitDeal(env, user);
      });
    }
  }

  @Test
  void aMinerFreesItsTilesWhenTheContractsExpire() {
    try (UserWorld network = new UserWorld(3, 3, 14)) {
      network.user((env, user) -> {
        put(env, user, 3);
        awaitDeal(env, user);
      });
      List<String> lines = new ArrayList<>();
      network.world.printTo(lines::add);
      network.machine("indexer").setWallOffset(Duration.ofDays(31));
      network.world.runFor(Duration.ofSeconds(30));
      int copies = 3 * 4;
      assertEquals(
          copies, lines.stream().filter(each -> each.contains("contract-expired")).count());
      assertEquals(copies, lines.stream().filter(each -> each.contains("copy-dropped")).count());
    }
  }
}
