package io.ppio.env;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A scope of virtual threads, the same on both sides of the seam.
///
/// Of several failures in one scope [#join] throws the first and the others are logged; so is the
/// first when the scope is closed without a join that could have thrown it. An [Error] fails the
/// scope as an exception does, or a role would go on without a part.
public final class TaskScope implements Tasks {
  /// Starts the threads of a scope.
  @FunctionalInterface
  public interface Starter {
    /// Starts a virtual thread that runs `body` and then tells `ended` what `body` threw.
    Thread start(String task, Body body, Consumer<Optional<Throwable>> ended);
  }

  private final String name;
  private final Starter starter;
  private final BiConsumer<String, Throwable> log;
  private final Monitor monitor;
  private final Set<Running> running = new LinkedHashSet<>();
  private @Nullable Failure failure;
  private boolean reported;
  private boolean closed;

  private record Failure(String task, Throwable reason) {}

  /// @param log takes the name and failure of a task that [#join] does not throw
  public TaskScope(Clock clock, String name, Starter starter, BiConsumer<String, Throwable> log) {
    this.name = name;
    this.starter = starter;
    this.log = log;
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
      Running started = new Running(task, failsScope);
      running.add(started);
      started.thread = starter.start(task, () -> started.run(body), started::end);
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
      log.accept(untold.task(), untold.reason());
    }
  }

  private void cancelAll() {
    List.copyOf(running).forEach(Running::cancel);
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
    private final boolean failsScope;
    private volatile @Nullable Thread thread;
    private volatile boolean cancelled;
    private volatile boolean ended;

    Running(String name, boolean failsScope) {
      this.name = name;
      this.failsScope = failsScope;
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

    /// What is to be logged is logged before anyone can see that the task has ended.
    private void end(Optional<Throwable> thrown) {
      thrown
          .filter(reason -> !failScope(this, reason))
          .ifPresent(reason -> log.accept(name, reason));
      try (var _ = monitor.hold()) {
        ended = true;
        running.remove(this);
        monitor.signalAll();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      Thread started = thread;
      if (started != null) {
        started.interrupt();
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
