package io.ppio.env.simulated;

import io.ppio.env.Check;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Virtual time and the queue of what happens in it.
///
/// One thread, the one that made it, takes events in the order of (time, sequence). What is due now
/// is kept in a plain queue, what is due later in a heap. Time stands still while an event happens.
///
/// A task may stop only through [#park] or the untimed waits of the JDK. A timed wait, a contended
/// `synchronized` block or a wake-up by another thread would bring the machine's time and
/// scheduling into the world; each is counted as foreign and makes the run fail.
final class Kernel {
  /// Events that may happen without time going on: more means that the world runs in a circle.
  private static final long STANDSTILL_EVENTS = 20_000_000;

  final Trace trace = new Trace();
  private final Thread owner = Thread.currentThread();
  private final ArrayDeque<SimEvent> ready = new ArrayDeque<>();
  private final EventHeap later = new EventHeap();
  private final AtomicLong foreignWakeUps = new AtomicLong();
  private volatile @Nullable String foreignReason;
  private @Nullable SimTask current;
  private @Nullable String failure;
  private long nowNanos;
  private long sequence;
  private long executed;
  private long executedNow;
  private long tasksMade;

  Kernel() {
    Check.that(!owner.isVirtual(), "a world needs a platform thread");
  }

  /// Virtual time, nanoseconds since the start of the world.
  long nowNanos() {
    return nowNanos;
  }

  /// Events that happened so far.
  long executed() {
    return executed;
  }

  long foreignWakeUps() {
    return foreignWakeUps.get();
  }

  /// What made the world fail first, or null.
  @Nullable String failure() {
    String foreign = foreignReason;
    return failure == null && foreign != null ? foreign : failure;
  }

  void fail(String reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /// Number of the next task.
  long nextTask() {
    return tasksMade++;
  }

  /// The task that is running, or null when the script is.
  @Nullable SimTask current() {
    return current;
  }

  void schedule(SimEvent event, long timeNanos) {
    event.sequence = sequence++;
    if (timeNanos <= nowNanos) {
      event.timeNanos = nowNanos;
      ready.add(event);
    } else {
      event.timeNanos = timeNanos;
      later.add(event);
    }
  }

  void after(long delayNanos, SimEvent event) {
    schedule(event, nowNanos + delayNanos);
  }

  /// Makes the next event happen.
  ///
  /// @return false when there is none up to `limitNanos`
  boolean step(long limitNanos) {
    SimEvent soon = ready.peek();
    SimEvent late = later.peek();
    SimEvent next;
    if (soon != null && (late == null || soon.isBefore(late))) {
      next = ready.remove();
    } else if (late != null && late.timeNanos <= limitNanos) {
      later.remove(late);
      next = late;
    } else {
      return false;
    }
    if (next.timeNanos > nowNanos) {
      nowNanos = next.timeNanos;
      executedNow = 0;
    }
    executed++;
    if (++executedNow == STANDSTILL_EVENTS) {
      fail(STANDSTILL_EVENTS + " events without time going on");
    }
    next.fire();
    return true;
  }

  boolean isIdle() {
    return ready.isEmpty() && later.isEmpty();
  }

  /// Lets time go on to `timeNanos` with nothing happening.
  void idleUntil(long timeNanos) {
    nowNanos = Math.max(nowNanos, timeNanos);
  }

  void checkOwner() {
    Check.that(VirtualThreads.carrier() == owner, "used from outside the world's thread");
  }

  void clear() {
    ready.clear();
    later.clear();
  }

  /// A task can go on; called by the JDK on whatever thread woke it.
  void submitted(SimTask task, Runnable continuation) {
    Thread waker = VirtualThreads.carrier();
    if (waker != owner) {
      foreign("task " + task.name() + " was woken by the thread " + waker.getName());
      return;
    }
    if (!task.alive()) {
      return;
    }
    if (task.offer(continuation)) {
      schedule(task, nowNanos);
    } else {
      fail("task " + task.name() + " started a thread that is not a task");
    }
  }

  /// Runs a task until it waits.
  void run(SimTask task, Runnable continuation) {
    trace.record(nowNanos, task.node(), Trace.Kind.RUN, task.number(), 0);
    current = task;
    continuation.run();
    current = null;
    if (VirtualThreads.stoppedForATime(task.thread())) {
      foreign("task " + task.name() + " waits for the time of the machine");
    } else if (task.thread().getState() == Thread.State.BLOCKED) {
      foreign("task " + task.name() + " waits at a synchronized block");
    }
  }

  private void foreign(String reason) {
    foreignWakeUps.incrementAndGet();
    foreignReason = "foreign wake-up: " + reason;
  }

  /// Parks the running task until it is unparked, interrupted, or the time has come.
  void park(long untilNanos) {
    SimTask task = runningTask();
    if (untilNanos <= nowNanos) {
      return;
    }
    if (untilNanos != Long.MAX_VALUE) {
      schedule(task.alarm(), untilNanos);
    }
    LockSupport.park();
    later.remove(task.alarm());
  }

  /// Holds the running task up for `nanos`, interrupted or not.
  void pause(long nanos) {
    long until = nowNanos + Math.max(1, nanos);
    boolean interrupted = false;
    while (nowNanos < until) {
      interrupted |= Thread.interrupted();
      park(until);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private SimTask runningTask() {
    SimTask task = current;
    if (task == null || task.thread() != Thread.currentThread()) {
      throw new IllegalStateException("only a task of the world may wait");
    }
    return task;
  }
}
