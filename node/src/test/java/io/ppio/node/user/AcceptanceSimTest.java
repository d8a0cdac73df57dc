package io.ppio.node.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.Env;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.HostConfig;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserApi.ObjectView;
import io.ppio.node.user.api.UserApi.PutRequest;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What a user node accepts and refuses, without a network (interface specification 1.5).
class AcceptanceSimTest {
  private static final Path BODY = Path.of("/body");
  private static final Path EMPTY = Path.of("/empty");
  private static final Duration DAY = Duration.ofDays(1);

  @FunctionalInterface
  private interface UserRun {
    void run(Env env, UserNode user) throws Exception;
  }

  private static void user(UserRun... runs) {
    try (SimWorld world = new SimWorld(7)) {
      SimNode machine = world.node("user");
      PrivateKey wallet =
          PrivateKey.of(Hash.sha256("w".getBytes(StandardCharsets.UTF_8)).toArray());
      Genesis genesis =
          new Genesis(
              NetworkClass.DEV,
              "alone",
              SimWorld.EPOCH,
              Parameters.LOCAL,
              List.of(new GenesisNode(NodeRole.VERIFIER.bit(), wallet.peerId(), "", List.of())));
      HostConfig host =
          new HostConfig(
              NodeRole.USER, "user", Path.of("/data"), machine.at(8060), genesis, List.of());
      for (UserRun script : runs) {
        boolean[] done = {false};
        machine.start(env -> {
          try (UserNode user = UserNode.start(env, UserConfig.standard(host, wallet))) {
            script.run(env, user);
          }
          done[0] = true;
        });
        RunEnd end =
            world.runUntil(() -> done[0] || !world.taskFailures().isEmpty(), Duration.ofMinutes(1));
        world.taskFailures().stream()
            .findFirst()
            .ifPresent(failure -> {
              throw new AssertionError(failure.reason() + world.describe(), failure.reason());
            });
        world.expect(RunEnd.DONE, end);
        world.runFor(Duration.ofMillis(100));
      }
    }
  }

  private static void prepare(Env env, UserNode user) throws Exception {
    user.createBucket("abc");
    try (DiskFile file = env.disk().open(BODY, Disk.Mode.CREATE)) {
      file.write(ByteBuffer.wrap(new byte[1000]), 0);
    }
    env.disk().open(EMPTY, Disk.Mode.CREATE).close();
  }

  private static PutRequest request(Env env, String key) {
    return new PutRequest(
        "abc",
        key,
        Optional.of(BODY),
        "",
        Optional.empty(),
        Optional.of(2),
        Optional.of(env.clock().wall().plus(DAY.multipliedBy(30))),
        true);
  }

  private static PutRequest with(PutRequest r, Optional<Path> body, String metadata) {
    return new PutRequest(
        r.bucket(), r.key(), body, metadata, r.chiprice(), r.copies(), r.expires(), r.encrypt());
  }

  private static PutRequest copies(PutRequest r, int copies, boolean encrypt) {
    return new PutRequest(
        r.bucket(),
        r.key(),
        r.body(),
        r.metadata(),
        r.chiprice(),
        Optional.of(copies),
        r.expires(),
        encrypt);
  }

  private static PutRequest expires(PutRequest r, Instant expires) {
    return new PutRequest(
        r.bucket(),
        r.key(),
        r.body(),
        r.metadata(),
        r.chiprice(),
        r.copies(),
        Optional.of(expires),
        r.encrypt());
  }

  private static String refused(Code code, Executable call) {
    UserFailure failure = assertThrows(UserFailure.class, call);
    assertEquals(code, failure.code());
    return String.valueOf(failure.getMessage());
  }

  @Test
  void anEmptyObjectIsAFolderMarkerWithoutStateOrTerm() {
    user((env, user) -> {
      prepare(env, user);
      PutRequest bare =
          new PutRequest(
              "abc",
              "dir",
              Optional.empty(),
              "this is metadata",
              Optional.empty(),
              Optional.of(0),
              Optional.empty(),
              true);
      assertEquals(Optional.empty(), user.put(bare));
      List<ObjectView> listed = new ArrayList<>();
      user.list("abc", "", "", 0, listed::add);
      ObjectView view = listed.getFirst();
      assertTrue(view.empty());
      assertEquals(0, view.length());
      assertEquals(Optional.empty(), view.state());
      assertEquals(Optional.empty(), view.expires());
      assertEquals("this is metadata", view.metadata());
      assertEquals(List.of(), user.status("abc", "dir").segments());
      assertEquals(List.of(), user.tasks());
      refused(
          Code.OBJECT_NOT_FOUND,
          () ->
              user.get(
                  new UserApi.GetRequest("abc", "dir", "", Path.of("/out"), Optional.empty())));
    });
  }

  @Test
  void eachIllegalOptionIsRefusedByName() {
    user((env, user) -> {
      prepare(env, user);
      PutRequest good = request(env, "k");
      Instant now = env.clock().wall();
      Code illegal = Code.OPTION_ILLEGAL;
      assertEquals(
          "illegal option: body: empty file",
          refused(illegal, () -> user.put(with(good, Optional.of(EMPTY), ""))));
      assertTrue(
          refused(illegal, () -> user.put(with(good, Optional.of(Path.of("/none")), "")))
              .startsWith("illegal option: body: "));
      assertTrue(
          refused(illegal, () -> user.put(with(good, Optional.of(BODY), "m".repeat(4097))))
              .startsWith("illegal option: metadata: "));
      assertTrue(
          refused(illegal, () -> user.put(request(env, "k".repeat(4096))))
              .startsWith("illegal option: key: "));
      assertTrue(
          refused(illegal, () -> user.put(copies(good, 11, true)))
              .startsWith("illegal option: copies: "));
      assertTrue(
          refused(illegal, () -> user.put(copies(good, 0, true)))
              .startsWith("illegal option: copies: "));
      assertTrue(
          refused(illegal, () -> user.put(copies(good, 2, false)))
              .startsWith("illegal option: encrypt: "));
      assertTrue(
          refused(illegal, () -> user.put(expires(good, now.plus(Duration.ofHours(1)))))
              .startsWith("illegal option: expires: "));
      assertTrue(
          refused(illegal, () -> user.put(expires(good, now.plus(DAY.multipliedBy(400)))))
              .startsWith("illegal option: expires: "));
      assertEquals(List.of(), user.tasks());
      refused(Code.OBJECT_KEY_NOT_EXIST, () -> user.head("abc", "k"));
    });
  }

  @Test
  void anAcceptedObjectIsListedAtOnceAndItsKeyIsTaken() {
    user((env, user) -> {
      prepare(env, user);
      String task = user.put(request(env, "k")).orElseThrow();
      ObjectView view = user.head("abc", "k");
      assertEquals(Optional.of(ObjectState.BID), view.state());
      assertEquals(1000, view.length());
      assertEquals(view.created(), view.synchronizedAt());
      assertEquals(task, user.tasks().getFirst().id());
      assertEquals("abc/k", user.tasks().getFirst().to());
      refused(Code.OBJECT_KEY_EXIST, () -> user.put(request(env, "k")));
      assertEquals(view, user.head("abc", "k"));
      assertEquals(1, user.tasks().size());
      refused(
          Code.BUCKET_NOT_EXIST,
          () ->
              user.put(
                  new PutRequest(
                      "none",
                      "k",
                      Optional.of(BODY),
                      "",
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(env.clock().wall().plus(DAY.multipliedBy(9))),
                      true)));
    });
  }

  @Test
  void aRequestedTermInTheLegalRangeIsKeptToTheInstantAndClampedJustBeyond() {
    user((env, user) -> {
      prepare(env, user);
      Instant exact = Instant.parse("2026-06-01T00:00:00.123456Z");
      user.put(expires(request(env, "exact"), exact));
      assertEquals(Optional.of(exact), user.head("abc", "exact").expires());
      Instant beyond = env.clock().wall().plus(DAY.multipliedBy(365)).plusSeconds(60);
      user.put(expires(request(env, "beyond"), beyond));
      ObjectView view = user.head("abc", "beyond");
      assertEquals(Optional.of(view.created().plus(DAY.multipliedBy(365))), view.expires());
      Instant below = env.clock().wall().plus(DAY).minusSeconds(500);
      user.put(expires(request(env, "below"), below));
      view = user.head("abc", "below");
      assertEquals(Optional.of(view.created().plus(DAY)), view.expires());
    });
  }

  @Test
  void movingChangesTheNameOnly() {
    user((env, user) -> {
      prepare(env, user);
      user.createBucket("def");
      user.put(with(request(env, "a"), Optional.empty(), "m"));
      user.put(with(request(env, "b"), Optional.empty(), ""));
      refused(Code.OBJECT_KEY_EXIST, () -> user.move("abc", "b", "abc/a"));
      refused(Code.OBJECT_KEY_NOT_EXIST, () -> user.move("abc", "c", "abc/none"));
      refused(Code.BUCKET_NOT_EXIST, () -> user.move("none", "c", "abc/a"));
      refused(Code.OPTION_ILLEGAL, () -> user.move("abc", "c", "a"));
      user.move("def", "x/y", "abc/a");
      assertEquals("m", user.head("def", "x/y").metadata());
      refused(Code.OBJECT_KEY_NOT_EXIST, () -> user.head("abc", "a"));
    });
  }

  @Test
  void listingsArePagedByPrefixAfterAndLimit() {
    user((env, user) -> {
      prepare(env, user);
      for (String key : List.of("a", "b/1", "b/2", "b/3", "c")) {
        user.put(with(request(env, key), Optional.empty(), ""));
      }
      List<String> keys = new ArrayList<>();
      user.list("abc", "b/", "b/1", 1, view -> keys.add(view.key()));
      assertEquals(List.of("b/2"), keys);
      user.list("abc", "", "b/3", 0, view -> keys.add(view.key()));
      assertEquals(List.of("b/2", "c"), keys);
      refused(Code.BUCKET_NOT_EXIST, () -> user.list("none", "", "", 0, _ -> {}));
    });
  }

  @Test
  void aRestartShowsInterruptedTransfersAsPausedAndKeepsWhatWasAccepted() {
    String[] task = {""};
    user(
        (env, user) -> {
          prepare(env, user);
          task[0] = user.put(request(env, "k")).orElseThrow();
          env.clock().sleep(Duration.ofMillis(50));
          assertEquals(TaskState.RUNNING, user.progress(task[0]).state());
        },
        (_, user) -> {
          assertEquals(TaskState.PAUSED, user.progress(task[0]).state());
          assertEquals("job is aborted", user.progress(task[0]).error());
          assertEquals(Optional.of(ObjectState.BID), user.head("abc", "k").state());
          user.resume(task[0]);
          assertEquals(TaskState.RUNNING, user.progress(task[0]).state());
        });
  }

  @Test
  void deletingAnObjectStopsItsUploadFirst() {
    user((env, user) -> {
      prepare(env, user);
      String upload = user.put(request(env, "k")).orElseThrow();
      env.clock().sleep(Duration.ofMillis(50));
      String deletion = user.delete("abc", "k");
      env.clock().sleep(Duration.ofSeconds(1));
      assertEquals(TaskState.FINISHED, user.progress(deletion).state());
      assertEquals(TaskState.ERROR, user.progress(upload).state());
      assertEquals("job is aborted", user.progress(upload).error());
      refused(Code.OBJECT_KEY_NOT_EXIST, () -> user.head("abc", "k"));
      user.deleteBucket("abc");
    });
  }
}
