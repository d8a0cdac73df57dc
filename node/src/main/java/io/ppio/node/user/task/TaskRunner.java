package io.ppio.node.user.task;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Env;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.env.Tasks;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserApi.TaskView;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.index.IndexKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Runs the account's tasks: so many transfers at once, so many waiting, every change of state
/// durable first.
///
/// | state | event | next |
/// |---|---|---|
/// | - | accepted | Pending |
/// | Pending | slot free | Running |
/// | Pending | queue full | Error (`job queue full`) |
/// | Pending, Running | pause | Paused (`job is aborted`) |
/// | Running | done, failure | Finished, Error |
/// | Paused, Error | resume | Pending |
/// | Pending, Running | restart of the node | Paused |
/// | Pending, Paused, Finished, Error | delete | removed |
///
/// One monitor guards the table; jobs run outside it. A change of state is committed inside it, on
/// purpose: what a client sees must never be ahead of the store, nor two changes of one task be
/// stored in the wrong order. Safe for concurrent use.
public final class TaskRunner {
  private static final String ABORTED = "job is aborted";
  private static final Bytes TASKS = Bytes.of((byte) 't');

  /// How many transfers may run and wait.
  public record Limits(int running, int queued) {}

  private final Env env;
  private final Clock clock;
  private final Store store;
  private final Tasks scope;
  private final Limits limits;
  private final Function<TaskRecord, Job> jobs;
  private final Monitor monitor;
  private final Map<Bytes, Permanent> permanent = new LinkedHashMap<>();
  private final TemporaryTasks temporary;
  private final ArrayDeque<Permanent> waiting = new ArrayDeque<>();
  private int running;

  /// One permanent task in memory. Guarded by the monitor.
  private final class Permanent implements Job.Progress {
    private TaskRecord record;
    private int totalSubJobs;
    private int finishedSubJobs;
    private boolean stopping;
    private Optional<io.ppio.env.Task> task = Optional.empty();
    private StoreBatch last = new StoreBatch();

    private Permanent(TaskRecord record) {
      this.record = record;
    }

    @Override
    public void total(int subJobs, long bytes) {
      guarded(() -> {
        totalSubJobs = subJobs;
        record = record.with(bytes, record.finished());
        return true;
      });
    }

    @Override
    public void finished(int subJobs, long bytes) {
      guarded(() -> {
        finishedSubJobs = subJobs;
        record = record.with(record.total(), bytes);
        return true;
      });
    }

    @Override
    public void conclude(StoreBatch batch) {
      guarded(() -> {
        last = batch;
        return true;
      });
    }
  }

  /// @param store the user's store
  /// @param scope where jobs run; closing it stops them without a change of state
  /// @param jobs makes the job of a stored task
  public TaskRunner(
      Env env, Store store, Tasks scope, Limits limits, Function<TaskRecord, Job> jobs) {
    this.env = env;
    this.clock = env.clock();
    this.store = store;
    this.scope = scope;
    this.limits = limits;
    this.jobs = jobs;
    this.monitor = new Monitor(clock);
    this.temporary = new TemporaryTasks(env, scope);
  }

  /// Reads the stored tasks; those that were at work become Paused, or go on if `autoResume`.
  public void load(boolean autoResume) throws IOException {
    List<TaskRecord> records = new ArrayList<>();
    store.scanPrefix(
        TASKS,
        (_, value) -> {
          try {
            return records.add(TaskRecord.decode(value));
          } catch (MalformedMessage e) {
            throw new IOException("damaged task record", e);
          }
        });
    for (TaskRecord record : records) {
      boolean interrupted =
          record.state() == TaskState.PENDING || record.state() == TaskState.RUNNING;
      Permanent task = new Permanent(record);
      permanent.put(record.id(), task);
      if (interrupted) {
        change(task, TaskState.PAUSED, ABORTED);
        if (autoResume) {
          enqueue(task);
        }
      }
    }
  }

  /// A record for a new task, Pending.
  ///
  /// @param shape the task with an id and a time that are replaced
  public TaskRecord fresh(TaskRecord shape) {
    byte[] random = new byte[16];
    env.secret(random);
    return new TaskRecord(
        TaskRecord.uuid(random),
        shape.kind(),
        clock.wallMillis(),
        shape.bucket(),
        shape.key(),
        shape.path(),
        shape.shownFrom(),
        shape.shownTo(),
        shape.settings(),
        TaskState.PENDING,
        0,
        0,
        "");
  }

  /// Adds to `batch` that `record` is a task.
  public static void put(StoreBatch batch, TaskRecord record) {
    batch.put(IndexKeys.task(record.createdMillis(), record.id()), record.encode());
  }

  /// Stores the record of a task, durably.
  public void store(TaskRecord record) {
    StoreBatch batch = new StoreBatch();
    put(batch, record);
    try {
      store.commit(batch, Durability.SYNCED);
    } catch (IOException e) {
      throw new UncheckedIOException("the task list cannot be written", e);
    }
  }

  /// Takes over a task whose record is durable by now, and starts it when a slot is free.
  public void accept(TaskRecord record) {
    Permanent task = new Permanent(record);
    guarded(() -> {
      permanent.put(record.id(), task);
      if (full()) {
        change(task, TaskState.ERROR, Code.JOB_QUEUE_FULL.message());
      } else {
        waiting.add(task);
        startWaiting();
      }
      return task;
    });
  }

  private void enqueue(Permanent task) {
    task.stopping = false;
    if (full()) {
      change(task, TaskState.ERROR, Code.JOB_QUEUE_FULL.message());
      return;
    }
    change(task, TaskState.PENDING, "");
    waiting.add(task);
    startWaiting();
  }

  private boolean full() {
    return running >= limits.running() && waiting.size() >= limits.queued();
  }

  private void startWaiting() {
    while (running < limits.running() && !waiting.isEmpty()) {
      Permanent task = waiting.remove();
      running++;
      change(task, TaskState.RUNNING, "");
      task.task = Optional.of(scope.serve("job-" + task.record.idText(), () -> run(task)));
    }
  }

  private void run(Permanent task) {
    TaskState state = TaskState.FINISHED;
    String error = "";
    try {
      jobs.apply(task.record).run(task);
    } catch (UserFailure failure) {
      state = TaskState.ERROR;
      error = String.valueOf(failure.getMessage());
    } catch (InterruptedException _) {
      // Paused, or the node is stopping; then the record stays as it is and the next start shows
      // Paused.
      state = TaskState.PAUSED;
      error = ABORTED;
    } catch (RuntimeException bug) {
      settle(task, TaskState.ERROR, "internal error");
      throw bug;
    }
    settle(task, state, error);
  }

  private void settle(Permanent task, TaskState state, String error) {
    guarded(() -> {
      running--;
      task.task = Optional.empty();
      if (state == TaskState.FINISHED) {
        task.finishedSubJobs = task.totalSubJobs;
        task.record = task.record.with(task.record.total(), task.record.total());
      }
      if (state != TaskState.PAUSED || task.stopping) {
        change(task, state, error);
      }
      task.stopping = false;
      monitor.signalAll();
      startWaiting();
      return task;
    });
  }

  private void change(Permanent task, TaskState state, String error) {
    task.record = task.record.with(state, error);
    StoreBatch batch = state == TaskState.FINISHED ? task.last : new StoreBatch();
    put(batch, task.record);
    try {
      store.commit(batch, state == TaskState.RUNNING ? Durability.UNSYNCED : Durability.SYNCED);
    } catch (IOException e) {
      throw new UncheckedIOException("the task list cannot be written", e);
    }
  }

  /// Starts a temporary task.
  ///
  /// @return its id as clients see it
  public String temporary(String action, TemporaryTasks.Work work) throws UserFailure {
    return temporary.start(action, work);
  }

  /// Progress of a permanent or temporary task.
  public JobProgress progress(String id) throws UserFailure {
    Bytes wanted = TaskRecord.parse(id);
    Optional<JobProgress> found =
        guarded(() -> Optional.ofNullable(permanent.get(wanted)).map(TaskRunner::shown));
    return found
        .or(() -> temporary.progress(wanted))
        .orElseThrow(() -> new UserFailure(Code.TASK_NOT_FOUND));
  }

  private static JobProgress shown(Permanent task) {
    TaskRecord record = task.record;
    boolean done = record.state() == TaskState.FINISHED;
    long total = Math.max(1, record.total());
    // Clients take equal numbers for success, so the last byte is shown only with the state.
    long finished = done ? total : Math.min(record.finished(), total - 1);
    return new JobProgress(
        record.kind().action(),
        task.totalSubJobs,
        done ? task.totalSubJobs : task.finishedSubJobs,
        total,
        finished,
        record.state(),
        record.error(),
        Optional.empty());
  }

  /// Permanent tasks, oldest first.
  public List<TaskView> list() {
    return guarded(() ->
        permanent.values().stream()
            .map(task -> view(task.record))
            .sorted(Comparator.comparing(TaskView::created))
            .toList());
  }

  private static TaskView view(TaskRecord record) {
    return new TaskView(
        record.idText(),
        record.kind().type(),
        record.state(),
        record.shownFrom(),
        record.shownTo(),
        record.total(),
        record.state() == TaskState.FINISHED ? record.total() : record.finished(),
        Instant.ofEpochMilli(record.createdMillis()),
        record.error());
  }

  /// Stops a pending or running task and waits until its job has stopped.
  public void pause(String id) throws UserFailure, InterruptedException {
    Permanent task = require(id);
    monitor.lock();
    try {
      if (task.record.state() == TaskState.PENDING) {
        waiting.remove(task);
        change(task, TaskState.PAUSED, ABORTED);
        return;
      }
      if (task.record.state() != TaskState.RUNNING) {
        throw new UserFailure(Code.TASK_STATE, "task not running");
      }
      task.stopping = true;
      task.task.ifPresent(io.ppio.env.Task::cancel);
      while (task.task.isPresent()) {
        monitor.await();
      }
    } finally {
      monitor.unlock();
    }
  }

  /// Lets a paused or failed task run again.
  public void resume(String id) throws UserFailure {
    Permanent task = require(id);
    boolean resumed =
        guarded(() -> {
          boolean rests =
              task.record.state() == TaskState.PAUSED || task.record.state() == TaskState.ERROR;
          if (rests) {
            enqueue(task);
          }
          return rests;
        });
    if (!resumed) {
      throw new UserFailure(Code.TASK_STATE, "task not paused");
    }
  }

  /// Refuses what [#delete] would refuse now.
  public void requireDeletable(String id) throws UserFailure {
    if (temporary.has(TaskRecord.parse(id))) {
      return;
    }
    Permanent task = require(id);
    if (guarded(() -> task.record.state() == TaskState.RUNNING)) {
      throw new UserFailure(Code.TASK_STATE, "task is running");
    }
  }

  /// Removes a task that is not running, with its progress; a temporary one in any state.
  ///
  /// @return what was removed; empty for a temporary one
  public Optional<TaskRecord> delete(String id) throws UserFailure {
    if (temporary.forget(TaskRecord.parse(id))) {
      return Optional.empty();
    }
    Permanent task = require(id);
    boolean removed =
        guarded(() -> {
          if (task.record.state() == TaskState.RUNNING) {
            return false;
          }
          waiting.remove(task);
          permanent.remove(task.record.id());
          forget(task.record);
          return true;
        });
    if (!removed) {
      throw new UserFailure(Code.TASK_STATE, "task is running");
    }
    return Optional.of(task.record);
  }

  private void forget(TaskRecord record) {
    try {
      StoreBatch batch =
          new StoreBatch().delete(IndexKeys.task(record.createdMillis(), record.id()));
      Bytes progress = IndexKeys.progress(record.id(), Bytes.EMPTY);
      store.scanPrefix(
          progress,
          (key, _) -> {
            batch.delete(key);
            return true;
          });
      store.commit(batch, Durability.SYNCED);
    } catch (IOException e) {
      throw new UncheckedIOException("the task list cannot be written", e);
    }
  }

  /// Ends the uploads that are chosen, because their object is being deleted: stops them and leaves
  /// them in Error.
  ///
  /// @param chosen sees tasks that are not finished
  public void abortUploads(Predicate<TaskRecord> chosen) throws InterruptedException {
    List<Permanent> uploads =
        guarded(() ->
            permanent.values().stream()
                .filter(task -> task.record.kind() == TaskRecord.Kind.PUT)
                .filter(task -> task.record.state() != TaskState.FINISHED)
                .filter(task -> chosen.test(task.record))
                .toList());
    for (Permanent task : uploads) {
      try {
        pause(task.record.idText());
      } catch (UserFailure _) {
        // It had stopped by itself; what counts is the state set below.
        env.log().debug("upload-already-stopped", "task", task.record.idText());
      }
      guarded(() -> {
        change(task, TaskState.ERROR, ABORTED);
        return task;
      });
    }
  }

  private Permanent require(String id) throws UserFailure {
    Bytes wanted = TaskRecord.parse(id);
    if (temporary.has(wanted)) {
      throw new UserFailure(Code.TASK_STATE, "task cannot be paused or resumed");
    }
    return guarded(() -> Optional.ofNullable(permanent.get(wanted)))
        .orElseThrow(() -> new UserFailure(Code.TASK_NOT_FOUND));
  }

  private <T> T guarded(Supplier<T> step) {
    monitor.lock();
    try {
      return step.get();
    } finally {
      monitor.unlock();
    }
  }
}
