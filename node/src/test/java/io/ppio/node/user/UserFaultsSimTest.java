package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import io.ppio.node.fixtures.TestOrder;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.api.UserApi.ContractView;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.ObjectStatus;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.StoredObject;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A user among miners that restart, strangers that copy its orders, and too few miners.
class UserFaultsSimTest {
  private static final Path SOURCE = Path.of("/source");
  private static final Path TARGET = Path.of("/target");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static String put(Env env, UserNode user, byte[] content, int copies) throws Exception {
    UserWorld.write(env, SOURCE, content);
    user.createBucket("abc");
    return user.put(UserWorld.request(env, "key", SOURCE, copies)).orElseThrow();
  }

  @Test
  void aDownloadGoesOnWithTheOnlyMinerAfterItsRestart() {
    byte[] content = UserWorld.content(20 * UserWorld.SEGMENT, 11);
    try (UserWorld network = new UserWorld(3, 1, 11)) {
      network.machine("user").setBandwidth(4 << 20, 4 << 20);
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content, 1));
        String get = user.get(UserWorld.fetch("key", TARGET));
        env.clock().sleep(Duration.ofSeconds(1));
        int fetched = user.progress(get).finishedSubJobs();
        assertTrue(fetched > 0 && fetched < 15, "fetched " + fetched);
        network.world.after(Duration.ZERO, () -> network.restart("m0", Duration.ofSeconds(1)));
        UserWorld.finish(env, user, get);
        assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
      });
    }
  }

  @Test
  void anUploadTakesAMinerAgainThatRestartedBeforeItsAnswerArrived() {
    byte[] content = UserWorld.content(1000, 12);
    try (UserWorld network = new UserWorld(3, 1, 12)) {
      network.startMinerThatDiesOnceStaged("m1", Duration.ofSeconds(4));
      network.world.runFor(Duration.ofSeconds(7));
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content, 2));
        UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
        assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
      });
    }
  }

  private static void failsToSchedule(UserWorld network, String reason) {
    network.user((env, user) -> {
      UserWorld.write(env, SOURCE, UserWorld.content(1000, 13));
      user.createBucket("abc");
      String put = user.put(UserWorld.request(env, "key", SOURCE, 2)).orElseThrow();
      Instant begin = env.clock().wall();
      JobProgress progress = UserWorld.await(env, user, put);
      assertEquals(TaskState.ERROR, progress.state());
      assertTrue(progress.error().startsWith("failed to schedule task: "), progress.error());
      assertTrue(progress.error().contains(reason), progress.error());
      assertTrue(
          env.clock().wall().isBefore(begin.plusSeconds(30)), "took until " + env.clock().wall());
    });
  }

  @Test
  void anUploadThatNoMinerTakesAtItsPriceSaysSoSoon() {
    try (UserWorld network = new UserWorld(3, 1, 13)) {
      network.startMiner("costly", BigInteger.valueOf(101));
      network.world.runFor(Duration.ofSeconds(7));
      failsToSchedule(network, "1 asks more");
    }
  }

  @Test
  void anUploadWithoutEnoughMinersSaysSoSoon() {
    try (UserWorld network = new UserWorld(3, 1, 14)) {
      failsToSchedule(network, "1 hold a copy already");
    }
  }

  @Test
  void anUploadIsFinishedWithTwoCopiesWhereMoreAreWantedThanThereAreMiners() {
    byte[] content = UserWorld.content(2 * UserWorld.SEGMENT, 15);
    try (UserWorld network = new UserWorld(3, 2, 15)) {
      network.user((env, user) -> UserWorld.finish(env, user, put(env, user, content, 5)));
    }
  }

  @Test
  void aStrangersContractForTheSameBytesIsNeitherCountedNorInTheWayOfDeletion() {
    byte[] content = UserWorld.content(1000, 16);
    try (UserWorld network = new UserWorld(3, 4, 16)) {
      StoredObject.Segment[] segment = new StoredObject.Segment[1];
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content, 2));
        while (!user.head("abc", "key").state().equals(Optional.of(ObjectState.DEAL))) {
          env.clock().sleep(Duration.ofMillis(500));
        }
        ObjectIndex index = new ObjectIndex(user.host().store());
        Bytes object = index.get("abc", "key").objectId().orElseThrow();
        segment[0] = index.stored(object).orElseThrow().segments().getFirst();
      });
      network.stranger((env, user) -> orderCopies(env, user, segment[0]));
      network.world.runFor(Duration.ofSeconds(20));
      network.user((env, user) -> {
        Set<String> own = contracts(status(env, user));
        assertEquals(2, own.size());
        UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
        // One is in doubt, so the indexer is asked where else the segment is.
        client(user, network.wallet)
            .report(new Hash(Bytes.fromHex(own.iterator().next())), Trouble.NO_ANSWER);
        for (int round = 0; round < 3; round++) {
          assertEquals(own, contracts(status(env, user)));
        }
        UserWorld.finish(env, user, user.delete("abc", "key"));
        assertThrows(UserFailure.class, () -> user.head("abc", "key"));
      });
    }
  }

  /// Orders copies of bytes that somebody else stored; the indexer has them made from those.
  private static void orderCopies(Env env, UserNode user, StoredObject.Segment segment)
      throws Exception {
    long now = env.clock().wall().getEpochSecond();
    PrivateKey key = PrivateKey.generate(env);
    TestOrder order =
        new TestOrder(
            user.host().chainId(),
            key,
            Content.of(segment.chunkHash(), segment.size(), segment.root()),
            4,
            new TestOrder.Term(now, now + 30 * TestOrder.DAY));
    int matched = client(user, key).order(order.request()).getFirst().holders().size();
    assertEquals(4, matched);
  }

  private static Set<String> contracts(ObjectStatus status) {
    Set<String> ids = new HashSet<>();
    status
        .segments()
        .forEach(each -> each.contracts().stream().map(ContractView::id).forEach(ids::add));
    return ids;
  }

  private static ObjectStatus status(Env env, UserNode user) throws Exception {
    JobProgress progress = UserWorld.await(env, user, user.refreshStatus("abc", "key"));
    assertEquals(TaskState.FINISHED, progress.state());
    return progress.result().orElseThrow();
  }

  private static IndexerClient client(UserNode user, PrivateKey wallet) {
    return new IndexerClient(user.host(), new OwnerKeys(wallet), PATIENCE);
  }
}
