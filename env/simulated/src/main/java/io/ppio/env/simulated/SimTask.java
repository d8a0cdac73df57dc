package io.ppio.env.simulated;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One virtual thread of a node, its own scheduler, and the event of its going on.
///
/// After its node was killed it is never continued: no line of it runs again, `finally` or not.
final class SimTask extends SimEvent implements Executor {
  private final Kernel kernel;
  private final Incarnation home;
  private final String name;
  private final long number;
  private final Thread thread;
  private final Alarm alarm = new Alarm();
  private @Nullable Runnable continuation;

  /// @param body must not throw
  SimTask(Incarnation home, String name, Runnable body) {
    this.kernel = home.kernel();
    this.home = home;
    this.name = name;
    this.number = kernel.nextTask();
    this.thread = VirtualThreads.create(this, name, body);
  }

  void start() {
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  String name() {
    return name;
  }

  long number() {
    return number;
  }

  int node() {
    return home.node().index();
  }

  boolean alive() {
    return home.alive();
  }

  /// The event that ends a timed wait.
  SimEvent alarm() {
    return alarm;
  }

  /// Called by the JDK when the thread can go on.
  @Override
  public void execute(Runnable command) {
    kernel.submitted(this, command);
  }

  /// Takes what is to be run next.
  ///
  /// @return false when something is waiting already, which a single thread cannot cause
  boolean offer(Runnable command) {
    if (continuation != null) {
      return false;
    }
    continuation = command;
    return true;
  }

  @Override
  void fire() {
    Runnable command = continuation;
    continuation = null;
    if (command != null && home.alive()) {
      kernel.run(this, command);
    }
  }

  private final class Alarm extends SimEvent {
    @Override
    void fire() {
      if (home.alive()) {
        LockSupport.unpark(thread);
      }
    }
  }
}
