package io.ppio.env.simulated;

import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Log;
import io.ppio.env.Monitor;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A scope of tasks on the world's scheduler.
final class SimTasks implements Tasks {
  private final Incarnation incarnation;
  private final Log log;
  private final String name;
  private final Monitor monitor;
  private final Set<Running> running = new LinkedHashSet<>();
  private @Nullable Throwable failure;
  private boolean closed;

  SimTasks(Incarnation incarnation, Clock clock, Log log, String name) {
    this.incarnation = incarnation;
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

  private Task start(String task, Body body, boolean essential) {
    Check.that(!closed, "the scope " + name + " is closed");
    Running started = new Running(task, essential);
    running.add(started);
    started.thread =
        incarnation.spawn(name + "/" + task, () -> started.run(body), started::settle).thread();
    if (failure != null) {
      started.cancel();
    }
    return started;
  }

  @Override
  public void join() throws InterruptedException, ExecutionException {
    try (var _ = monitor.hold()) {
      while (!running.isEmpty() && failure == null) {
        monitor.await();
      }
    }
    if (failure != null) {
      throw new ExecutionException(failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    cancelAll();
    boolean interrupted = false;
    try (var _ = monitor.hold()) {
      while (running.stream().anyMatch(task -> task.thread != Thread.currentThread())) {
        try {
          monitor.await();
        } catch (InterruptedException _) {
          // Closing cannot be cut short: what it waits for was cancelled already.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancelAll() {
    new ArrayList<>(running).forEach(Running::cancel);
  }

  private final class Running implements Task {
    private final String task;
    private final boolean essential;
    private @Nullable Thread thread;
    private boolean cancelled;
    private boolean ended;

    Running(String task, boolean essential) {
      this.task = task;
      this.essential = essential;
    }

    private void run(Body body) throws Exception {
      try {
        body.run();
      } catch (InterruptedException e) {
        if (!cancelled) {
          throw e;
        }
      }
    }

    private void settle(Optional<Throwable> outcome) {
      try (var _ = monitor.hold()) {
        ended = true;
        running.remove(this);
        outcome.ifPresent(this::failed);
        monitor.signalAll();
      }
    }

    private void failed(Throwable reason) {
      if (!essential) {
        log.warn("task-failed", "scope", name, "task", task, "reason", reason);
      } else if (failure == null) {
        failure = reason;
        cancelAll();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      if (thread != null && !ended) {
        thread.interrupt();
      }
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
