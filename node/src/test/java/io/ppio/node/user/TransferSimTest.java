package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Env;
import io.ppio.env.simulated.SimNode;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.node.user.account.IndexerClient;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.account.UserLog;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.task.Job;
import io.ppio.node.user.task.TaskRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Objects go out and come back over a simulated network of real nodes.
class TransferSimTest {
  private static final Path SOURCE = Path.of("/source");
  private static final Path TARGET = Path.of("/target");

  @Test
  void aSmallObjectComesBack() {
    roundTrip(1024, 1);
  }

  @Test
  void anObjectOfManySegmentsComesBack() {
    roundTrip(5 * UserWorld.SEGMENT + 12_345, 2);
  }

  private static void roundTrip(int size, long seed) {
    byte[] content = UserWorld.content(size, seed);
    try (UserWorld network = new UserWorld(3, 3, seed)) {
      network.user((env, user) -> {
        UserWorld.write(env, SOURCE, content);
        user.createBucket("abc");
        String put = user.put(UserWorld.request(env, "key", SOURCE, 2)).orElseThrow();
        UserWorld.finish(env, user, put);
        UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
        assertArrayEquals(content, env.disk().readAll(TARGET, size));
        while (user.head("abc", "key").state().equals(Optional.of(ObjectState.BID))
            || user.head("abc", "key").state().equals(Optional.of(ObjectState.PART_DEAL))) {
          env.clock().sleep(Duration.ofMillis(500));
        }
        assertEquals(Optional.of(ObjectState.DEAL), user.head("abc", "key").state());
        UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
        assertArrayEquals(content, env.disk().readAll(TARGET, size));
      });
    }
  }

  private static String put(Env env, UserNode user, byte[] content) throws Exception {
    UserWorld.write(env, SOURCE, content);
    user.createBucket("abc");
    return user.put(UserWorld.request(env, "key", SOURCE, 2)).orElseThrow();
  }

  private static void check(Env env, UserNode user, byte[] content) throws Exception {
    UserWorld.finish(env, user, user.get(UserWorld.fetch("key", TARGET)));
    assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
    assertEquals(
        List.of(),
        env.disk().list(Path.of("/")).stream()
            .filter(path -> path.toString().contains("ppio-part"))
            .toList());
  }

  @Test
  void aPausedUploadAndDownloadGoOnWhereTheyWere() {
    byte[] content = UserWorld.content(20 * UserWorld.SEGMENT, 3);
    try (UserWorld network = new UserWorld(3, 3, 3)) {
      network.machine("user").setBandwidth(4 << 20, 4 << 20);
      network.user((env, user) -> {
        String put = put(env, user, content);
        env.clock().sleep(Duration.ofSeconds(3));
        user.pause(put);
        int done = user.progress(put).finishedSubJobs();
        assertTrue(done > 0 && done < 20);
        user.resume(put);
        env.clock().sleep(Duration.ofMillis(50));
        assertTrue(user.progress(put).finishedSubJobs() >= done);
        UserWorld.finish(env, user, put);
        String get = user.get(UserWorld.fetch("key", TARGET));
        env.clock().sleep(Duration.ofSeconds(1));
        user.pause(get);
        int fetched = user.progress(get).finishedSubJobs();
        assertTrue(fetched > 0 && fetched < 20);
        assertFalse(env.disk().exists(TARGET));
        user.resume(get);
        env.clock().sleep(Duration.ofMillis(50));
        assertTrue(user.progress(get).finishedSubJobs() >= fetched);
        UserWorld.finish(env, user, get);
        assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
      });
    }
  }

  @Test
  void aKilledUserLosesNothingItAccepted() {
    byte[] content = UserWorld.content(20 * UserWorld.SEGMENT, 4);
    try (UserWorld network = new UserWorld(3, 3, 4)) {
      network.machine("user").setBandwidth(4 << 20, 4 << 20);
      String[] task = {""};
      network.userUntilKilled(
          (env, user) -> {
            task[0] = put(env, user, content);
            env.clock().sleep(Duration.ofDays(1));
          },
          Duration.ofSeconds(4));
      network.userUntilKilled(
          (env, user) -> {
            assertEquals(TaskState.PAUSED, user.progress(task[0]).state());
            user.resume(task[0]);
            UserWorld.finish(env, user, task[0]);
            task[0] = user.get(UserWorld.fetch("key", TARGET));
            env.clock().sleep(Duration.ofDays(1));
          },
          Duration.ofSeconds(8));
      network.user((env, user) -> {
        if (user.progress(task[0]).state() == TaskState.PAUSED) {
          user.resume(task[0]);
        }
        UserWorld.finish(env, user, task[0]);
        assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
      });
    }
  }

  @Test
  void aMinerThatDiesIsReplacedInAnUploadAndLeftOutOfADownload() {
    byte[] content = UserWorld.content(12 * UserWorld.SEGMENT, 5);
    try (UserWorld network = new UserWorld(3, 4, 5)) {
      network.machine("user").setBandwidth(4 << 20, 4 << 20);
      network.world.after(Duration.ofSeconds(1), () -> network.machine("m0").kill());
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content));
        check(env, user, content);
      });
    }
  }

  @Test
  void aDownloadThatBeginsBeforeTheIndexerHearsOfTheCopiesEnds() {
    byte[] content = UserWorld.content(2 * UserWorld.SEGMENT, 8);
    try (UserWorld network = new UserWorld(3, 3, 8)) {
      network.user((env, user) -> {
        String put = put(env, user, content);
        List<SimNode> miners =
            List.of(network.machine("m0"), network.machine("m1"), network.machine("m2"));
        var cut = network.world.network().partition(miners, List.of(network.machine("indexer")));
        UserWorld.finish(env, user, put);
        String get = user.get(UserWorld.fetch("key", TARGET));
        env.clock().sleep(Duration.ofSeconds(3));
        assertEquals(0, user.progress(get).finishedBytes());
        cut.heal();
        UserWorld.finish(env, user, get);
        assertArrayEquals(content, env.disk().readAll(TARGET, content.length));
      });
    }
  }

  @Test
  void keyHoldersThatFallSilentAreReplacedByTheMiner() {
    byte[] content = UserWorld.content(UserWorld.SEGMENT, 10);
    try (UserWorld network = new UserWorld(3, 3, 10)) {
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content));
        check(env, user, content);
        List<SimNode> holders =
            List.of(network.machine("v0"), network.machine("v1"), network.machine("v2"));
        var cut = network.world.network().partition(holders, List.of(network.machine("user")));
        check(env, user, content);
        cut.heal();
      });
    }
  }

  @Test
  void aDeletionTakesTheObjectThatWasThereWhenItWasAsked() {
    try (UserWorld network = new UserWorld(3, 3, 12)) {
      network.user((env, user) -> {
        user.createBucket("abc");
        user.put(empty("key"));
        ObjectIndex index = new ObjectIndex(user.host().store());
        IndexEntry asked = index.get("abc", "key");
        UserWorld.finish(env, user, user.delete("abc", "key"));
        user.put(empty("key"));
        IndexEntry now = index.get("abc", "key");
        DeleteJob late = deletion(env, user, index);
        late.run(asked, new NoProgress());
        assertEquals(now, index.get("abc", "key"));
        late.run(now, new NoProgress());
        assertThrows(UserFailure.class, () -> user.head("abc", "key"));
      });
    }
  }

  private static UserApi.PutRequest empty(String key) {
    return new UserApi.PutRequest(
        "abc",
        key,
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private static DeleteJob deletion(Env env, UserNode user, ObjectIndex index) {
    OwnerKeys owner = new OwnerKeys(PrivateKey.generate(env));
    ObjectStates states = new ObjectStates(user.host(), index, Duration.ZERO);
    return new DeleteJob(
        index,
        new OwnContracts(user.host().chainId(), owner.account(), index, states),
        new IndexerClient(user.host(), owner, Duration.ZERO),
        new TaskRunner(
            env, user.host().store(), new TaskRunner.Limits(1, 1), _ -> _ -> Job.Outcome.done()),
        new UserLog(env.log()));
  }

  private static final class NoProgress implements Job.Progress {
    @Override
    public void total(int subJobs, long bytes) {}

    @Override
    public void finished(int subJobs, long bytes) {}
  }

  @Test
  void aMinerHoldsAtMostHalfOfAnObjectAndEachSegmentOnce() {
    byte[] content = UserWorld.content(12 * UserWorld.SEGMENT, 9);
    try (UserWorld network = new UserWorld(3, 5, 9)) {
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content));
        UserWorld.await(env, user, user.refreshStatus("abc", "key"));
        Map<String, Integer> held = new TreeMap<>();
        List<UserApi.SegmentView> segments = user.status("abc", "key").segments();
        assertEquals(12, segments.size());
        for (UserApi.SegmentView segment : segments) {
          Set<String> miners = new TreeSet<>();
          segment.contracts().forEach(contract -> miners.add(contract.miner()));
          assertEquals(2, miners.size());
          miners.forEach(miner -> held.merge(miner, 1, Integer::sum));
        }
        assertTrue(held.values().stream().allMatch(count -> count <= 6), held::toString);
      });
    }
  }

  @Test
  void aDeletedObjectIsGone() {
    byte[] content = UserWorld.content(3 * UserWorld.SEGMENT, 6);
    try (UserWorld network = new UserWorld(3, 3, 6)) {
      network.user((env, user) -> {
        UserWorld.finish(env, user, put(env, user, content));
        String delete = user.delete("abc", "key");
        UserWorld.finish(env, user, delete);
        assertEquals(3, user.progress(delete).totalSubJobs());
        assertEquals(3, user.progress(delete).finishedSubJobs());
        assertThrows(UserFailure.class, () -> user.head("abc", "key"));
        user.deleteBucket("abc");
      });
    }
  }

  @Test
  void aSourceThatChangesEndsItsUpload() {
    byte[] content = UserWorld.content(20 * UserWorld.SEGMENT, 7);
    try (UserWorld network = new UserWorld(3, 3, 7)) {
      network.machine("user").setBandwidth(4 << 20, 4 << 20);
      network.user((env, user) -> {
        String put = put(env, user, content);
        env.clock().sleep(Duration.ofSeconds(1));
        UserWorld.write(env, SOURCE, content);
        UserApi.JobProgress progress = UserWorld.await(env, user, put);
        assertEquals(TaskState.ERROR, progress.state());
        assertEquals("source file changed", progress.error());
      });
    }
  }
}
