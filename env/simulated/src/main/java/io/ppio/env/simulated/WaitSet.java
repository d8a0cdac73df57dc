package io.ppio.env.simulated;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/// The tasks that wait for something to change, the longest waiting first.
final class WaitSet {
  private final Kernel kernel;
  private final ArrayDeque<Thread> waiting = new ArrayDeque<>(1);

  WaitSet(Kernel kernel) {
    this.kernel = kernel;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Waits once, until [#wake] or `untilNanos` or earlier; the caller looks again at what it waits
  /// for.
  void await(long untilNanos) throws InterruptedException {
    Thread self = Thread.currentThread();
    waiting.add(self);
    kernel.park(untilNanos);
    waiting.remove(self);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Lets all look again.
  void wake() {
    waiting.forEach(LockSupport::unpark);
  }
}
