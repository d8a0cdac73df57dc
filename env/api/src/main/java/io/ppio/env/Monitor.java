package io.ppio.env;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A lock with one condition whose waits run on the node's clock.
///
/// The JDK's timed waits use the machine's time and would escape the simulator; this is the one
/// building block of all waiting above. Never hold it across a call that blocks for another reason.
public final class Monitor {
  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private volatile boolean woken;
  }

  /// Being inside; closing it leaves.
  public final class Held implements AutoCloseable {
    private Held() {}

    @Override
    public void close() {
      lock.unlock();
    }
  }

  private final Clock clock;
  private final Held held = new Held();
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  public Monitor(Clock clock) {
    this.clock = clock;
  }

  /// Enters until the answer is closed: `try (var _ = monitor.hold()) { ... }`.
  public Held hold() {
    lock.lock();
    return held;
  }

  /// Enters.
  public void lock() {
    lock.lock();
  }

  /// Leaves.
  public void unlock() {
    lock.unlock();
  }

  /// Leaves, waits for [#signalAll] without limit, enters again. Does not return early.
  ///
  /// @throws InterruptedException when the task is cancelled; entered again by then
  public void await() throws InterruptedException {
    awaitUntil(Long.MAX_VALUE);
  }

  /// As [#await()], until `deadline` at most.
  ///
  /// @return whether it was signalled
  public boolean await(Deadline deadline) throws InterruptedException {
    return awaitUntil(deadline.nanos());
  }

  private boolean awaitUntil(long untilNanos) throws InterruptedException {
    Check.that(lock.isHeldByCurrentThread(), "await outside the monitor");
    Waiter waiter = new Waiter();
    waiters.add(waiter);
    int holds = lock.getHoldCount();
    Check.that(holds == 1, "await with nested entries");
    lock.unlock();
    boolean interrupted = false;
    while (!waiter.woken && (untilNanos == Long.MAX_VALUE || untilNanos - clock.nanos() > 0)) {
      clock.park(untilNanos);
      if (Thread.interrupted()) {
        interrupted = true;
        break;
      }
    }
    lock.lock();
    waiters.remove(waiter);
    if (interrupted) {
      throw new InterruptedException();
    }
    return waiter.woken;
  }

  /// Wakes every waiting task, the longest waiting first.
  public void signalAll() {
    Check.that(lock.isHeldByCurrentThread(), "signal outside the monitor");
    for (Waiter waiter : waiters) {
      waiter.woken = true;
      LockSupport.unpark(waiter.thread);
    }
    waiters.clear();
  }
}
