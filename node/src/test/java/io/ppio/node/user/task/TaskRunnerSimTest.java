package io.ppio.node.user.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.SimWorld;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.task.TaskRunner.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Tasks run, wait, stop and come back from the store, each state as the table says.
class TaskRunnerSimTest {
  private static final Path FOLDER = Path.of("/index");
  private static final Duration MOMENT = Duration.ofMillis(20);

  @FunctionalInterface
  private interface Script {
    void run(Env env, Store store, Tasks scope) throws Exception;
  }

  private static void run(Script script) {
    SimWorld.run(
        11,
        env -> {
          env.disk().createFolders(FOLDER);
          try (Store store = env.disk().openStore(FOLDER);
              Tasks scope = env.tasks("jobs")) {
            script.run(env, store, scope);
          }
        });
  }

  /// A runner whose owner lives as long as `scope`.
  private static TaskRunner runner(
      Env env, Store store, Tasks scope, Limits limits, Function<TaskRecord, Job> jobs) {
    TaskRunner runner = new TaskRunner(env, store, limits, jobs);
    scope.serve("owner", runner::run);
    return runner;
  }

  /// The same over the tasks that are stored.
  private static TaskRunner loaded(
      Env env, Store store, Tasks scope, Function<TaskRecord, Job> jobs, boolean autoResume)
      throws Exception {
    TaskRunner runner = new TaskRunner(env, store, new Limits(1, 1), jobs);
    runner.load(autoResume);
    scope.serve("owner", runner::run);
    return runner;
  }

  private static String accept(Env env, TaskRunner runner, String key) throws UserFailure {
    TaskRecord record =
        TaskRecord.of(
            env, TaskRecord.Kind.PUT, new TaskRecord.Place("abc", key, "/file"), Bytes.EMPTY);
    runner.store(record);
    runner.accept(record);
    return record.idText();
  }

  private static Function<TaskRecord, Job> all(Job job) {
    return _ -> job;
  }

  private static Job sleeping(Env env, Duration time) {
    return progress -> {
      progress.total(2, 100);
      progress.finished(1, 100);
      env.clock().sleep(time);
      return Job.Outcome.done();
    };
  }

  private static Code refused(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(UserFailure.class, call).code();
  }

  @Test
  void theLastByteIsShownOnlyWithFinished() {
    run((env, store, scope) -> {
      TaskRunner runner =
          runner(env, store, scope, new Limits(1, 1), all(sleeping(env, Duration.ofSeconds(1))));
      String task = accept(env, runner, "k");
      env.clock().sleep(MOMENT);
      JobProgress progress = runner.progress(task);
      assertEquals(TaskState.RUNNING, progress.state());
      assertEquals(99, progress.finishedBytes());
      env.clock().sleep(Duration.ofSeconds(2));
      progress = runner.progress(task);
      assertEquals(TaskState.FINISHED, progress.state());
      assertEquals(100, progress.finishedBytes());
      assertEquals(2, progress.finishedSubJobs());
      assertEquals("put", progress.action());
    });
  }

  @Test
  void whatDoesNotFitTheQueueFailsAndMayBeResumed() {
    run((env, store, scope) -> {
      TaskRunner runner =
          runner(env, store, scope, new Limits(1, 1), all(sleeping(env, Duration.ofSeconds(1))));
      String first = accept(env, runner, "1");
      String second = accept(env, runner, "2");
      String third = accept(env, runner, "3");
      assertEquals(TaskState.RUNNING, runner.progress(first).state());
      assertEquals(TaskState.PENDING, runner.progress(second).state());
      assertEquals(TaskState.ERROR, runner.progress(third).state());
      assertEquals("job queue full", runner.progress(third).error());
      env.clock().sleep(Duration.ofSeconds(3));
      assertEquals(TaskState.FINISHED, runner.progress(second).state());
      runner.resume(third);
      env.clock().sleep(Duration.ofSeconds(2));
      assertEquals(TaskState.FINISHED, runner.progress(third).state());
    });
  }

  @Test
  void pausingReturnsWhenTheJobHasStopped() {
    run((env, store, scope) -> {
      boolean[] stopped = {false};
      Job job =
          _ -> {
            try {
              env.clock().sleep(Duration.ofHours(1));
            } finally {
              stopped[0] = true;
            }
            return Job.Outcome.done();
          };
      TaskRunner runner = runner(env, store, scope, new Limits(1, 4), all(job));
      String running = accept(env, runner, "1");
      String waiting = accept(env, runner, "2");
      env.clock().sleep(MOMENT);
      runner.pause(waiting);
      assertEquals(TaskState.PAUSED, runner.progress(waiting).state());
      runner.pause(running);
      assertTrue(stopped[0]);
      assertEquals(TaskState.PAUSED, runner.progress(running).state());
      assertEquals("job is aborted", runner.progress(running).error());
      assertEquals(Code.TASK_STATE, refused(() -> runner.pause(running)));
      runner.resume(running);
      assertEquals(Code.TASK_STATE, refused(() -> runner.resume(running)));
      assertEquals(Code.TASK_STATE, refused(() -> runner.delete(running)));
      runner.pause(running);
      assertTrue(runner.delete(running).isPresent());
      assertEquals(Code.TASK_NOT_FOUND, refused(() -> runner.progress(running)));
    });
  }

  @Test
  void failuresAreKeptWithTheirMessage() {
    run((env, store, scope) -> {
      Job job =
          _ -> {
            throw new UserFailure(Code.FAIL, "source file changed");
          };
      TaskRunner runner = runner(env, store, scope, new Limits(1, 1), all(job));
      String task = accept(env, runner, "k");
      env.clock().sleep(MOMENT);
      assertEquals(TaskState.ERROR, runner.progress(task).state());
      assertEquals("source file changed", runner.progress(task).error());
      TaskRunner again = loaded(env, store, scope, all(job), false);
      assertEquals("source file changed", again.progress(task).error());
    });
  }

  @Test
  void whatAJobConcludesIsStoredWithFinished() {
    Bytes key = Bytes.of((byte) 'x');
    run((env, store, scope) -> {
      Job good = _ -> Job.Outcome.stored(new StoreBatch().put(key, key));
      Job bad =
          _ -> {
            throw new UserFailure(Code.FAIL, "no");
          };
      TaskRunner runner =
          runner(
              env,
              store,
              scope,
              new Limits(2, 1),
              task -> task.place().key().equals("good") ? good : bad);
      accept(env, runner, "good");
      accept(env, runner, "bad");
      env.clock().sleep(MOMENT);
      assertEquals(Optional.of(key), store.get(key));
    });
  }

  @Test
  void afterARestartTransfersRestOrGoOn() {
    run((env, store, scope) -> {
      Job job = sleeping(env, Duration.ofSeconds(1));
      String task;
      try (Tasks lost = env.tasks("lost")) {
        TaskRunner runner = runner(env, store, lost, new Limits(1, 1), all(job));
        task = accept(env, runner, "k");
        env.clock().sleep(MOMENT);
      }
      TaskRunner resting = loaded(env, store, scope, all(job), false);
      assertEquals(TaskState.PAUSED, resting.progress(task).state());
      resting.resume(task);
      env.clock().sleep(MOMENT);
      TaskRunner going = loaded(env, store, scope, all(job), true);
      assertEquals(TaskState.RUNNING, going.progress(task).state());
    });
  }

  @Test
  void aCancelledUploadHasStoppedAndNeverRunsAgain() {
    run((env, store, scope) -> {
      Job job = sleeping(env, Duration.ofHours(1));
      TaskRunner runner = runner(env, store, scope, new Limits(1, 4), all(job));
      String running = accept(env, runner, "1");
      String waiting = accept(env, runner, "2");
      String other = accept(env, runner, "3");
      env.clock().sleep(MOMENT);
      runner.cancelUploads(task -> !task.place().key().equals("3"));
      for (String task : List.of(running, waiting)) {
        assertEquals(TaskState.ERROR, runner.progress(task).state());
        assertEquals("job is aborted", runner.progress(task).error());
        assertEquals(Code.TASK_STATE, refused(() -> runner.resume(task)));
      }
      assertEquals(TaskState.RUNNING, runner.progress(other).state());
      TaskRunner again = loaded(env, store, scope, all(job), true);
      assertEquals(Code.TASK_STATE, refused(() -> again.resume(waiting)));
    });
  }

  @Test
  void whatAskedARunnerThatEndedIsRefused() {
    run((env, store, scope) -> {
      TaskRunner[] ended = new TaskRunner[1];
      String task;
      try (Tasks lost = env.tasks("lost")) {
        ended[0] = runner(env, store, lost, new Limits(1, 1), all(sleeping(env, MOMENT)));
        task = accept(env, ended[0], "k");
      }
      assertEquals(Code.FAIL, refused(() -> ended[0].pause(task)));
      assertEquals(TaskState.RUNNING, ended[0].progress(task).state());
    });
  }

  @Test
  void temporaryTasksAreForgottenAfterTenMinutesAndCannotBePaused() {
    run((env, store, scope) -> {
      TaskRunner runner = runner(env, store, scope, new Limits(1, 1), all(_ -> Job.Outcome.done()));
      String task = runner.temporary("delete", _ -> Job.Outcome.done());
      env.clock().sleep(MOMENT);
      assertEquals(TaskState.FINISHED, runner.progress(task).state());
      assertEquals("delete", runner.progress(task).action());
      assertEquals(Code.TASK_STATE, refused(() -> runner.pause(task)));
      env.clock().sleep(Duration.ofMinutes(9));
      assertEquals(TaskState.FINISHED, runner.progress(task).state());
      env.clock().sleep(Duration.ofMinutes(2));
      runner.temporary("delete", _ -> Job.Outcome.done());
      assertEquals(Code.TASK_NOT_FOUND, refused(() -> runner.progress(task)));
      assertEquals(Code.TASK_NOT_FOUND, refused(() -> runner.progress("no-task")));
    });
  }

  @Test
  void outcomesThatAreKeptStandInNobodysWay() {
    run((env, store, scope) -> {
      TaskRunner runner = runner(env, store, scope, new Limits(1, 1), all(_ -> Job.Outcome.done()));
      String first = runner.temporary("delete", _ -> Job.Outcome.done());
      for (int i = 0; i < 2000; i++) {
        runner.temporary("delete", _ -> Job.Outcome.done());
        env.clock().sleep(Duration.ofMillis(1));
      }
      assertEquals(TaskState.FINISHED, runner.progress(first).state());
    });
  }

  @Test
  void temporaryTasksThatRunAreBounded() {
    run((env, store, scope) -> {
      TaskRunner runner = runner(env, store, scope, new Limits(1, 1), all(_ -> Job.Outcome.done()));
      Job slow =
          _ -> {
            env.clock().sleep(Duration.ofSeconds(1));
            return Job.Outcome.done();
          };
      String first = runner.temporary("delete", slow);
      for (int i = 1; i < 1024; i++) {
        runner.temporary("delete", slow);
      }
      assertEquals(Code.JOB_QUEUE_FULL, refused(() -> runner.temporary("delete", slow)));
      runner.delete(first);
      runner.temporary("delete", slow);
      assertEquals(Code.JOB_QUEUE_FULL, refused(() -> runner.temporary("delete", slow)));
      env.clock().sleep(Duration.ofSeconds(2));
      runner.temporary("delete", slow);
    });
  }
}
