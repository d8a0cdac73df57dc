package io.ppio.check.sim.putget;

import io.ppio.check.sim.putget.ObjectLife.Step;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Tasks;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserApi.GetRequest;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.PutRequest;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserApi.TaskView;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the person at the user's node does, one task an object. Started anew with the node after
/// each death, it goes on where each object's life stands.
final class UserScript {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int OBJECT_BYTES_MAX = 16 << 20;

  private final Env env;
  private final UserApi api;
  private final AcknowledgedIsReadable readable;
  private final Instant expires;

  UserScript(Env env, UserApi api, AcknowledgedIsReadable readable) {
    this.env = env;
    this.api = api;
    this.readable = readable;
    this.expires = env.clock().wall().plus(Duration.ofDays(30));
  }

  /// Writes the files that are put later.
  static void writeFiles(Env env, List<ObjectLife> objects) throws IOException {
    env.disk().createFolders(Path.of("/files"));
    env.disk().createFolders(Path.of("/fetched"));
    env.disk().forceFolder(Path.of("/"));
    for (ObjectLife object : objects) {
      env.disk().replace(object.source(), object.plan().content().toArray());
    }
  }

  /// Lives on with each object, in tasks of their own.
  void live(Tasks tasks, List<ObjectLife> objects) throws InterruptedException {
    makeBucket();
    for (ObjectLife object : objects) {
      tasks.fork(object.plan().name(), () -> live(object));
    }
  }

  private void makeBucket() throws InterruptedException {
    try {
      api.createBucket(ObjectLife.BUCKET);
    } catch (UserFailure e) {
      if (e.code() != Code.BUCKET_EXIST) {
        throw new IllegalStateException("the bucket cannot be made", e);
      }
    }
  }

  private void live(ObjectLife object) throws InterruptedException, IOException {
    if (!object.putAttempted()) {
      env.clock().sleep(object.plan().begin());
    }
    accept(object);
    if (!object.acknowledged()) {
      Optional<Step> first = object.nextStep();
      if (first.isPresent() && first.get().act() == ObjectLife.Act.STOP_AND_RESUME) {
        stop(object, first.get());
      }
      finish(object);
    }
    while (object.nextStep().isPresent()) {
      Step step = object.nextStep().orElseThrow();
      env.clock().sleep(step.pause());
      act(object, step);
      object.stepDone();
    }
  }

  private void act(ObjectLife object, Step step) throws InterruptedException, IOException {
    switch (step.act()) {
      case GET -> get(object);
      case MOVE -> move(object);
      case DELETE -> delete(object);
      case STOP_AND_RESUME -> {}
    }
  }

  // Put

  private void accept(ObjectLife object) throws InterruptedException {
    while (!object.accepted()) {
      try {
        if (object.putAttempted() && exists(object.plan().name())) {
          object.accept(object.isEmpty() ? Optional.empty() : Optional.of(uploadOf(object)));
        } else {
          object.attemptPut();
          object.accept(api.put(request(object)));
        }
      } catch (UserFailure e) {
        env.log()
            .warn(
                "script-put-refused",
                "object",
                object.plan().name(),
                "why",
                String.valueOf(e.getMessage()));
        env.clock().sleep(PAUSE_AFTER_FAILURE);
      }
    }
  }

  private PutRequest request(ObjectLife object) {
    return new PutRequest(
        ObjectLife.BUCKET,
        object.key(),
        object.isEmpty() ? Optional.empty() : Optional.of(object.source()),
        "",
        Optional.empty(),
        Optional.of(object.plan().copies()),
        Optional.of(expires),
        true);
  }

  private boolean exists(String key) throws UserFailure {
    try {
      api.head(ObjectLife.BUCKET, key);
      return true;
    } catch (UserFailure e) {
      if (e.code() == Code.OBJECT_KEY_NOT_EXIST) {
        return false;
      }
      throw e;
    }
  }

  /// The task of a put whose acceptance did not come back because the node died.
  private String uploadOf(ObjectLife object) throws UserFailure {
    return api.tasks().stream()
        .filter(task -> task.to().equals(ObjectLife.BUCKET + "/" + object.plan().name()))
        .map(TaskView::id)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(object + " is there without its task"));
  }

  private void stop(ObjectLife object, Step step) throws InterruptedException {
    env.clock().sleep(step.pause());
    try {
      api.pause(object.task().orElseThrow());
      env.clock().sleep(PAUSE_AFTER_FAILURE);
    } catch (UserFailure e) {
      env.log()
          .info(
              "script-not-paused",
              "object",
              object.plan().name(),
              "why",
              String.valueOf(e.getMessage()));
    }
  }

  private void finish(ObjectLife object) throws InterruptedException {
    while (await(object.task().orElseThrow()).isPresent()) {
      env.clock().sleep(PAUSE_AFTER_FAILURE);
    }
    object.acknowledge();
  }

  /// Waits for the end of a task; one that stopped is resumed.
  ///
  /// @return why it failed, or empty when it finished
  private Optional<String> await(String task) throws InterruptedException {
    while (true) {
      try {
        JobProgress progress = api.progress(task);
        if (progress.state() == TaskState.FINISHED) {
          return Optional.empty();
        }
        if (progress.state() == TaskState.ERROR) {
          api.resume(task);
          return Optional.of(progress.error());
        }
        if (progress.state() == TaskState.PAUSED) {
          api.resume(task);
        }
      } catch (UserFailure e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      env.clock().sleep(PAUSE);
    }
  }

  // The others

  /// Fetches once; a failure is no fault as long as something is broken.
  private void get(ObjectLife object) throws InterruptedException, IOException {
    if (object.isEmpty()) {
      return;
    }
    Optional<String> failure = fetch(object);
    failure.ifPresent(
        why -> env.log().info("script-get-failed", "object", object.plan().name(), "why", why));
  }

  /// Fetches an object that must be there, when all is healed.
  void fetchOwed(ObjectLife object) throws InterruptedException, IOException {
    if (object.isEmpty()) {
      lookUpOwed(object);
      return;
    }
    Optional<String> failure = Optional.empty();
    for (int tries = 0; tries < 3; tries++) {
      failure = fetch(object);
      if (failure.isEmpty()) {
        return;
      }
      env.clock().sleep(PAUSE_AFTER_FAILURE);
    }
    readable.missing(object, failure.orElseThrow());
  }

  /// Looks up an object whose deletion has finished.
  void lookForDeleted(ObjectLife object, DeletedIsFreed freed) throws UserFailure {
    if (exists(object.key())) {
      freed.named(object);
    }
  }

  private void lookUpOwed(ObjectLife object) {
    try {
      if (!exists(object.key())) {
        readable.missing(object, "its name is gone");
      }
    } catch (UserFailure e) {
      readable.missing(object, String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> fetch(ObjectLife object) throws InterruptedException, IOException {
    Path output = object.nextOutput();
    try {
      String task =
          api.get(new GetRequest(ObjectLife.BUCKET, object.key(), "", output, Optional.empty()));
      Optional<String> failure = await(task);
      if (failure.isEmpty()) {
        compare(object, output);
      } else {
        api.deleteTask(task);
      }
      return failure;
    } catch (UserFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void compare(ObjectLife object, Path output) throws IOException {
    readable.fetched(object, env.disk().readAll(output, OBJECT_BYTES_MAX));
  }

  /// Whatever there is of what was fetched is whole, also what was fetched before a death.
  void compareOutputs(ObjectLife object) throws IOException {
    Disk disk = env.disk();
    for (Path output : object.outputs()) {
      if (disk.exists(output)) {
        compare(object, output);
      }
    }
  }

  private void move(ObjectLife object) throws InterruptedException {
    while (!object.key().equals(object.otherKey())) {
      try {
        if (exists(object.otherKey())) {
          object.moved();
        } else {
          api.move(ObjectLife.BUCKET, object.otherKey(), ObjectLife.BUCKET + "/" + object.key());
          object.moved();
        }
      } catch (UserFailure e) {
        env.log()
            .warn(
                "script-move-refused",
                "object",
                object.plan().name(),
                "why",
                String.valueOf(e.getMessage()));
        env.clock().sleep(PAUSE_AFTER_FAILURE);
      }
    }
  }

  private void delete(ObjectLife object) throws InterruptedException {
    object.attemptDelete();
    while (!object.deleted()) {
      try {
        if (!exists(object.key())) {
          object.delete();
        } else {
          await(api.delete(ObjectLife.BUCKET, object.key()));
        }
      } catch (UserFailure e) {
        env.log()
            .warn(
                "script-not-deleted",
                "object",
                object.plan().name(),
                "why",
                String.valueOf(e.getMessage()));
        env.clock().sleep(PAUSE_AFTER_FAILURE);
      }
    }
  }
}
