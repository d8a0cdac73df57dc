package io.ppio.node.user.task;

import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Env;
import io.ppio.env.Monitor;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.ObjectStatus;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Tasks that are not stored, cannot be paused, and whose outcome can be asked for a while
/// (interface specification 2.1). Safe for concurrent use.
public final class TemporaryTasks {
  /// How long an outcome is kept.
  private static final Duration KEPT = Duration.ofMinutes(10);

  /// Tasks that run at once; each costs little and the limit only stops a flood.
  private static final int RUNNING_MAX = 1024;

  /// Outcomes kept at once; the oldest go first. More than a script makes in the time they are
  /// kept.
  private static final int ENDED_MAX = 65_536;

  private final Env env;
  private final Clock clock;
  private final Tasks scope;
  private final Monitor monitor;
  private final Map<Bytes, Temporary> tasks = new HashMap<>();

  /// Those that ended, oldest first. Guarded by the monitor.
  private final Deque<Temporary> ended = new ArrayDeque<>();

  /// Tasks without an outcome. Guarded by the monitor.
  private int runningCount;

  /// One task. Guarded by the monitor.
  private final class Temporary implements Job.Progress {
    private final Bytes id;
    private final String action;
    private int total = 1;
    private int finished;
    private TaskState state = TaskState.RUNNING;
    private String error = "";
    private Optional<ObjectStatus> result = Optional.empty();
    private long endedNanos;
    private Optional<Task> running = Optional.empty();

    private Temporary(Bytes id, String action) {
      this.id = id;
      this.action = action;
    }

    @Override
    public void total(int subJobs, long bytes) {
      guarded(() -> total = Math.max(1, subJobs));
    }

    @Override
    public void finished(int subJobs, long bytes) {
      guarded(() -> finished = subJobs);
    }
  }

  TemporaryTasks(Env env, Tasks scope) {
    this.env = env;
    this.clock = env.clock();
    this.scope = scope;
    this.monitor = new Monitor(clock);
  }

  /// Starts one.
  ///
  /// @return its id as clients see it
  String start(String action, Job job) throws UserFailure {
    Bytes id = TaskRecord.freshId(env);
    Temporary task = new Temporary(id, action);
    if (!guarded(() -> add(task))) {
      throw new UserFailure(Code.JOB_QUEUE_FULL);
    }
    Task running = scope.serve("job-" + action, () -> run(task, job));
    guarded(() -> task.running = Optional.of(running));
    return TaskRecord.text(id);
  }

  private boolean add(Temporary task) {
    forgetOld(clock.nanos());
    if (runningCount >= RUNNING_MAX) {
      return false;
    }
    tasks.put(task.id, task);
    runningCount++;
    return true;
  }

  private void forgetOld(long now) {
    while (!ended.isEmpty()
        && (ended.size() > ENDED_MAX || now - ended.getFirst().endedNanos > KEPT.toNanos())) {
      tasks.remove(ended.removeFirst().id);
    }
  }

  private void run(Temporary task, Job job) throws InterruptedException {
    try {
      end(task, TaskState.FINISHED, "", job.run(task).result());
    } catch (UserFailure failure) {
      end(task, TaskState.ERROR, String.valueOf(failure.getMessage()), Optional.empty());
    } catch (RuntimeException bug) {
      end(task, TaskState.ERROR, "internal error", Optional.empty());
      throw bug;
    }
  }

  private void end(Temporary task, TaskState state, String error, Optional<ObjectStatus> result) {
    guarded(() -> {
      task.state = state;
      task.error = error;
      task.result = result;
      task.finished = state == TaskState.FINISHED ? task.total : task.finished;
      task.endedNanos = clock.nanos();
      if (tasks.containsKey(task.id)) {
        runningCount--;
        ended.addLast(task);
        forgetOld(task.endedNanos);
      }
      return task;
    });
  }

  /// Progress of one; empty if there is none of that name.
  Optional<JobProgress> progress(Bytes id) {
    return guarded(() -> Optional.ofNullable(tasks.get(id)).map(TemporaryTasks::shown));
  }

  /// Whether there is one of that name.
  boolean has(Bytes id) {
    return guarded(() -> tasks.containsKey(id));
  }

  /// Cancels and forgets one.
  ///
  /// @return whether there was one
  boolean forget(Bytes id) {
    Optional<Temporary> gone = guarded(() -> remove(id));
    gone.flatMap(task -> guarded(() -> task.running)).ifPresent(Task::cancel);
    return gone.isPresent();
  }

  private Optional<Temporary> remove(Bytes id) {
    Optional<Temporary> gone = Optional.ofNullable(tasks.remove(id));
    if (gone.filter(task -> task.state == TaskState.RUNNING).isPresent()) {
      runningCount--;
    } else {
      gone.ifPresent(ended::remove);
    }
    return gone;
  }

  private static JobProgress shown(Temporary task) {
    return new JobProgress(
        task.action,
        task.total,
        task.finished,
        task.total,
        task.finished,
        task.state,
        task.error,
        task.result);
  }

  private <T> T guarded(Supplier<T> step) {
    try (var _ = monitor.hold()) {
      return step.get();
    }
  }
}
