package io.ppio.env.real;

import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A scope of virtual threads.
///
/// Of several failures in one scope [#join] throws the first and the others are logged; so is the
/// first when the scope is closed without a join that could have thrown it.
final class RealTasks implements Tasks {
  private final EnvLog log;
  private final String name;
  private final Monitor monitor;
  private final Set<Running> running = new LinkedHashSet<>();
  private @Nullable Failure failure;
  private boolean reported;
  private boolean closed;

  private record Failure(String task, Throwable reason) {}

  RealTasks(Clock clock, EnvLog log, String name) {
    this.log = log;
    this.name = name;
    this.monitor = new Monitor(clock);
  }

  @Override
  public Task fork(String task, Body body) {
    return start(task, body, true);
  }

  @Override
  public Task serve(String task, Body body) {
    return start(task, body, false);
  }

  private Task start(String task, Body body, boolean failsScope) {
    try (var _ = monitor.hold()) {
      Check.that(!closed, "scope " + name + " is closed");
      Running started = new Running(task, body, failsScope);
      running.add(started);
      started.thread.start();
      if (failure != null) {
        started.cancel();
      }
      return started;
    }
  }

  @Override
  public void join() throws InterruptedException, ExecutionException {
    try (var _ = monitor.hold()) {
      while (failure == null && !running.isEmpty()) {
        monitor.await();
      }
      if (failure != null) {
        reported = true;
        throw new ExecutionException(
            name + "/" + failure.task() + " failed: " + failure.reason().getMessage(),
            failure.reason());
      }
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    Failure untold = null;
    try (var _ = monitor.hold()) {
      Check.that(
          running.stream().noneMatch(task -> task.thread == Thread.currentThread()),
          "a task of scope " + name + " closes it and would wait for itself");
      closed = true;
      cancelAll();
      while (!running.isEmpty()) {
        try {
          monitor.await();
        } catch (InterruptedException _) {
          // The tasks must end first; the caller sees its interrupt at its own next wait.
          interrupted = true;
        }
      }
      if (!reported) {
        untold = failure;
        reported = true;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (untold != null) {
      log.taskFailed(name, untold.task(), untold.reason());
    }
  }

  private void cancelAll() {
    List.copyOf(running).forEach(Running::cancel);
  }

  /// Ends `task`. What is to be logged of it is logged before anyone can see that it has ended.
  ///
  /// @param reason why it ended, or null when that was in order
  private void taskEnded(Running task, @Nullable Throwable reason) {
    if (reason != null && !failScope(task, reason)) {
      log.taskFailed(name, task.name, reason);
    }
    try (var _ = monitor.hold()) {
      task.ended = true;
      running.remove(task);
      monitor.signalAll();
    }
  }

  /// Makes `reason` the failure of the scope if it is to have one and has none yet.
  private boolean failScope(Running task, Throwable reason) {
    try (var _ = monitor.hold()) {
      if (!task.failsScope || failure != null) {
        return false;
      }
      failure = new Failure(task.name, reason);
      cancelAll();
      monitor.signalAll();
      return true;
    }
  }

  private final class Running implements Task {
    private final String name;
    private final Body body;
    private final boolean failsScope;
    private final Thread thread;
    private volatile boolean cancelled;
    private volatile boolean ended;

    Running(String name, Body body, boolean failsScope) {
      this.name = name;
      this.body = body;
      this.failsScope = failsScope;
      this.thread = Thread.ofVirtual().name(RealTasks.this.name + "/" + name).unstarted(this::run);
    }

    // An Error fails the scope as an exception does, or a role would go on without a part.
    private void run() {
      Throwable reason = null;
      try {
        body.run();
      } catch (InterruptedException e) {
        reason = cancelled ? null : e;
      } catch (Throwable e) {
        reason = e;
      }
      taskEnded(this, reason);
    }

    @Override
    public void cancel() {
      cancelled = true;
      thread.interrupt();
    }

    @Override
    public boolean ended() {
      return ended;
    }

    @Override
    public void join() throws InterruptedException {
      try (var _ = monitor.hold()) {
        while (!ended) {
          monitor.await();
        }
      }
    }
  }
}
