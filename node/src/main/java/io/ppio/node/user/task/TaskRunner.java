package io.ppio.node.user.task;

import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Env;
import io.ppio.env.Mailbox;
import io.ppio.env.Promise;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.node.user.api.UserApi.JobProgress;
import io.ppio.node.user.api.UserApi.TaskState;
import io.ppio.node.user.api.UserApi.TaskView;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import io.ppio.node.user.task.TransferState.Effect;
import io.ppio.node.user.task.TransferState.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Runs the account's tasks: so many transfers at once, so many waiting, each as [TransferState]
/// says.
///
/// One task owns the states and takes what happens from a mailbox. What clients see is put into a
/// table once it is durable, so it is never ahead of the store, and reading waits for nobody. Safe
/// for concurrent use.
public final class TaskRunner {
  /// Everyone who writes waits for an answer, except jobs that end; who finds it full waits.
  private static final int MESSAGES_MAX = 256;

  /// How many transfers may run and wait.
  public record Limits(int running, int queued) {}

  private final Env env;
  private final Clock clock;
  private final TaskStore store;
  private final Tasks scope;
  private final Limits limits;
  private final Function<TaskRecord, Job> jobs;
  private final TemporaryTasks temporary;
  private final Mailbox<Message> messages;
  private final Map<Bytes, Transfer> table = new ConcurrentHashMap<>();

  /// Owned by the task in [#run].
  private final ArrayDeque<Transfer> waiting = new ArrayDeque<>();

  private int running;

  /// What the owner is told.
  private sealed interface Message {
    /// Completed when it is done.
    Promise<TaskRecord> answer();

    /// A new transfer, stored by now.
    record Accepted(TaskRecord record, Promise<TaskRecord> answer) implements Message {}

    /// A wish about a transfer.
    record Asked(Transfer transfer, Wish wish, Promise<TaskRecord> answer) implements Message {}

    /// The job of a transfer has ended.
    record Ended(Transfer transfer, Event event, StoreBatch last, Promise<TaskRecord> answer)
        implements Message {}
  }

  private enum Wish {
    PAUSE,
    RESUME,
    CANCEL,
    DELETE
  }

  /// One transfer: its state is the owner's, its figures are its job's, the record is for all.
  private static final class Transfer implements Job.Progress {
    private final List<Promise<TaskRecord>> stopped = new ArrayList<>();
    private TransferState state;
    private StoreBatch last = new StoreBatch();
    private Optional<Task> job = Optional.empty();
    private volatile TaskRecord record;
    private volatile int totalSubJobs;
    private volatile int finishedSubJobs;
    private volatile long totalBytes;
    private volatile long finishedBytes;

    private Transfer(TaskRecord record) {
      this.record = record;
      this.state = record.state();
      this.totalBytes = record.total();
      this.finishedBytes = record.finished();
    }

    @Override
    public void total(int subJobs, long bytes) {
      totalSubJobs = subJobs;
      totalBytes = bytes;
    }

    @Override
    public void finished(int subJobs, long bytes) {
      finishedSubJobs = subJobs;
      finishedBytes = bytes;
    }
  }

  /// @param store the user's store
  /// @param jobs makes the job of a stored task
  public TaskRunner(Env env, Store store, Limits limits, Function<TaskRecord, Job> jobs) {
    this.env = env;
    this.clock = env.clock();
    this.store = new TaskStore(store);
    this.scope = env.tasks("jobs");
    this.limits = limits;
    this.jobs = jobs;
    this.messages = new Mailbox<>(clock, MESSAGES_MAX);
    this.temporary = new TemporaryTasks(env, scope);
  }

  /// Reads the stored tasks, before [#run]; those that were at work become Paused, or go on if
  /// `autoResume`.
  public void load(boolean autoResume) throws IOException {
    for (TaskRecord record : store.all()) {
      Transfer transfer = new Transfer(record);
      table.put(record.id(), transfer);
      boolean atWork =
          switch (record.state().shown()) {
            case PENDING, RUNNING -> true;
            case PAUSED, FINISHED, ERROR -> false;
          };
      step(transfer, new Event.Restart());
      if (atWork && autoResume) {
        step(transfer, admission());
      }
    }
    startWaiting();
  }

  /// Owns the transfers; a node cannot do without it. Ends when it is cancelled, and ends the jobs.
  public void run() throws InterruptedException {
    try {
      while (true) {
        startWaiting();
        take(messages.take().orElseThrow());
      }
    } finally {
      messages.close();
      UserFailure ending = new UserFailure(Code.FAIL, "the node is stopping");
      for (var left = messages.take(); left.isPresent(); left = messages.take()) {
        left.get().answer().fail(ending);
      }
      table.values().forEach(each -> each.stopped.forEach(answer -> answer.fail(ending)));
      scope.close();
    }
  }

  private void take(Message message) {
    try {
      switch (message) {
        case Message.Accepted(var record, var answer) -> {
          Transfer transfer = new Transfer(record);
          table.put(record.id(), transfer);
          step(transfer, admission());
          startWaiting();
          answer.complete(transfer.record);
        }
        case Message.Asked(var transfer, var wish, var answer) -> asked(transfer, wish, answer);
        case Message.Ended(var transfer, var event, var last, _) -> {
          transfer.last = last;
          step(transfer, event);
          transfer.last = new StoreBatch();
          transfer.stopped.forEach(answer -> answer.complete(transfer.record));
          transfer.stopped.clear();
        }
      }
    } catch (RuntimeException e) {
      message.answer().fail(e);
      throw e;
    }
  }

  private void asked(Transfer transfer, Wish wish, Promise<TaskRecord> answer) {
    Optional<UserFailure> refused =
        step(
            transfer,
            switch (wish) {
              case PAUSE -> new Event.Pause();
              case RESUME -> admission();
              case CANCEL -> new Event.Cancel();
              case DELETE -> new Event.Delete();
            });
    startWaiting();
    if (refused.isPresent()) {
      answer.fail(refused.get());
    } else if (transfer.state instanceof TransferState.Stopping) {
      transfer.stopped.add(answer);
    } else {
      answer.complete(transfer.record);
    }
  }

  private Event admission() {
    boolean full = running >= limits.running() && waiting.size() >= limits.queued();
    return full ? new Event.Crowd() : new Event.Admit();
  }

  private void startWaiting() {
    while (running < limits.running() && !waiting.isEmpty()) {
      step(waiting.remove(), new Event.Start());
    }
  }

  /// @return why a client may not have what it wishes
  private Optional<UserFailure> step(Transfer transfer, Event event) {
    TransferState.Step step = transfer.state.on(event);
    transfer.state = step.next();
    Optional<UserFailure> refused = Optional.empty();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Save _ -> save(transfer);
        case Effect.Enqueue _ -> waiting.add(transfer);
        case Effect.Dequeue _ -> waiting.remove(transfer);
        case Effect.StartJob _ -> start(transfer);
        case Effect.StopJob _ -> transfer.job.ifPresent(Task::cancel);
        case Effect.FreeSlot _ -> {
          running--;
          transfer.job = Optional.empty();
        }
        case Effect.Forget _ -> {
          table.remove(transfer.record.id());
          store.forget(transfer.record);
        }
        case Effect.Refuse(var reason) ->
            refused = Optional.of(new UserFailure(Code.TASK_STATE, reason));
      }
    }
    return refused;
  }

  private void save(Transfer transfer) {
    boolean finished = transfer.state instanceof TransferState.Finished;
    if (finished) {
      transfer.finished(transfer.totalSubJobs, transfer.totalBytes);
    }
    TaskRecord now =
        transfer.record.with(transfer.state, transfer.totalBytes, transfer.finishedBytes);
    store.save(finished ? transfer.last : new StoreBatch(), now);
    transfer.record = now;
  }

  private void start(Transfer transfer) {
    running++;
    TaskRecord record = transfer.record;
    transfer.job =
        Optional.of(
            scope.serve("job-" + record.idText(), () -> work(transfer, jobs.apply(record))));
  }

  private void work(Transfer transfer, Job job) {
    try {
      ended(transfer, new Event.Done(), job.run(transfer).last());
    } catch (UserFailure failure) {
      ended(transfer, new Event.Break(String.valueOf(failure.getMessage())), new StoreBatch());
    } catch (InterruptedException _) {
      ended(transfer, new Event.Stop(), new StoreBatch());
    } catch (RuntimeException bug) {
      ended(transfer, new Event.Break("internal error"), new StoreBatch());
      throw bug;
    }
  }

  /// Is not interrupted, for whoever stops a job waits for this; the owner takes it or is gone.
  private void ended(Transfer transfer, Event event, StoreBatch last) {
    Message message = new Message.Ended(transfer, event, last, new Promise<>(clock));
    boolean told = false;
    while (!told) {
      try {
        messages.put(message);
        told = true;
      } catch (InterruptedException _) {
        env.log().debug("told-again", "task", transfer.record.idText());
      }
    }
  }

  /// Makes the record of a task durable.
  public void store(TaskRecord record) {
    store.save(new StoreBatch(), record);
  }

  /// Takes over a task whose record is durable by now, and starts it when a slot is free.
  public void accept(TaskRecord record) throws UserFailure {
    Promise<TaskRecord> answer = new Promise<>(clock);
    tell(new Message.Accepted(record, answer));
  }

  private TaskRecord ask(Transfer transfer, Wish wish) throws UserFailure {
    return tell(new Message.Asked(transfer, wish, new Promise<>(clock)));
  }

  private TaskRecord tell(Message message) throws UserFailure {
    try {
      if (!messages.put(message)) {
        throw new UserFailure(Code.FAIL, "the node is stopping");
      }
      return message.answer().await();
    } catch (UserFailure | RuntimeException e) {
      throw e;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UserFailure(Code.FAIL, "interrupted");
    } catch (Exception e) {
      throw new IllegalStateException("a wish failed oddly", e);
    }
  }

  /// Starts a temporary task.
  ///
  /// @return its id as clients see it
  public String temporary(String action, Job job) throws UserFailure {
    return temporary.start(action, job);
  }

  /// Progress of a permanent or temporary task.
  public JobProgress progress(String id) throws UserFailure {
    Bytes wanted = TaskRecord.parse(id);
    return Optional.ofNullable(table.get(wanted))
        .map(TaskRunner::shown)
        .or(() -> temporary.progress(wanted))
        .orElseThrow(() -> new UserFailure(Code.TASK_NOT_FOUND));
  }

  private static JobProgress shown(Transfer transfer) {
    TaskRecord record = transfer.record;
    boolean done = record.state() instanceof TransferState.Finished;
    long total = Math.max(1, transfer.totalBytes);
    // Clients take equal numbers for success, so the last byte is shown only with the state.
    long finished = done ? total : Math.min(transfer.finishedBytes, total - 1);
    return new JobProgress(
        record.kind().action(),
        transfer.totalSubJobs,
        done ? transfer.totalSubJobs : transfer.finishedSubJobs,
        total,
        finished,
        record.state().shown(),
        record.state().error(),
        Optional.empty());
  }

  /// Permanent tasks, oldest first.
  public List<TaskView> list() {
    return table.values().stream()
        .sorted(
            Comparator.comparingLong((Transfer each) -> each.record.createdMillis())
                .thenComparing(each -> each.record.id()))
        .map(TaskRunner::view)
        .toList();
  }

  private static TaskView view(Transfer transfer) {
    TaskRecord record = transfer.record;
    long total = transfer.totalBytes;
    return new TaskView(
        record.idText(),
        record.kind().type(),
        record.state().shown(),
        record.shownFrom(),
        record.shownTo(),
        total,
        record.state() instanceof TransferState.Finished ? total : transfer.finishedBytes,
        Instant.ofEpochMilli(record.createdMillis()),
        record.state().error());
  }

  /// Stops a pending or running task; returns when its job has stopped.
  public void pause(String id) throws UserFailure {
    ask(require(id), Wish.PAUSE);
  }

  /// Lets a paused or failed task run again.
  public void resume(String id) throws UserFailure {
    ask(require(id), Wish.RESUME);
  }

  /// Refuses what [#delete] would refuse now.
  public void requireDeletable(String id) throws UserFailure {
    if (!temporary.has(TaskRecord.parse(id))
        && require(id).record.state().shown() == TaskState.RUNNING) {
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
    return Optional.of(ask(require(id), Wish.DELETE));
  }

  /// Ends the uploads that are chosen for good, because their object is being deleted; returns when
  /// their jobs have stopped.
  ///
  /// @param chosen sees uploads that are not finished
  public void cancelUploads(Predicate<TaskRecord> chosen) throws UserFailure {
    for (Transfer transfer : table.values()) {
      TaskRecord record = transfer.record;
      if (record.kind() == TaskRecord.Kind.PUT
          && !(record.state() instanceof TransferState.Finished)
          && chosen.test(record)) {
        ask(transfer, Wish.CANCEL);
      }
    }
  }

  private Transfer require(String id) throws UserFailure {
    Bytes wanted = TaskRecord.parse(id);
    if (temporary.has(wanted)) {
      throw new UserFailure(Code.TASK_STATE, "task cannot be paused or resumed");
    }
    return Optional.ofNullable(table.get(wanted))
        .orElseThrow(() -> new UserFailure(Code.TASK_NOT_FOUND));
  }
}
