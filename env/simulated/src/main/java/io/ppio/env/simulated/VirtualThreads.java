package io.ppio.env.simulated;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Virtual threads whose continuations run where we say.
///
/// The JDK has no public way to give a virtual thread a scheduler; this class is the only one that
/// reaches for the internal one, and proves at its first use that it works. It needs
/// `--add-opens=java.base/java.lang=ALL-UNNAMED`. Written against JDK 25.
final class VirtualThreads {
  private static final MethodHandle NEW_THREAD;
  private static final MethodHandle CARRIER;
  private static final Field TIMEOUT;

  static {
    // Otherwise the JDK keeps every parked thread reachable for ever, and with it each killed
    // node and abandoned world. Read by the JDK when the first virtual thread starts, so a
    // program that starts some before sets it on its command line.
    System.setProperty("jdk.trackAllThreads", "false");
    try {
      var builders = Class.forName("java.lang.ThreadBuilders");
      var create =
          builders.getDeclaredMethod(
              "newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
      create.setAccessible(true);
      var carrier = Thread.class.getDeclaredMethod("currentCarrierThread");
      carrier.setAccessible(true);
      NEW_THREAD = MethodHandles.lookup().unreflect(create);
      CARRIER = MethodHandles.lookup().unreflect(carrier);
      TIMEOUT = Class.forName("java.lang.VirtualThread").getDeclaredField("timeoutTask");
      TIMEOUT.setAccessible(true);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw unusable(e.toString(), e);
    }
    proveSchedulerIsOurs();
  }

  private VirtualThreads() {}

  /// An unstarted thread that submits itself to `scheduler` whenever it can run.
  static Thread create(Executor scheduler, String name, Runnable body) {
    try {
      return (Thread) NEW_THREAD.invokeExact(scheduler, name, 0, body);
    } catch (Throwable e) {
      throw unusable(e.toString(), e);
    }
  }

  /// The platform thread that executes the caller, be it a virtual thread or not.
  static Thread carrier() {
    try {
      return (Thread) CARRIER.invokeExact();
    } catch (Throwable e) {
      throw unusable(e.toString(), e);
    }
  }

  /// Whether `thread`, which has just stopped, asked the JDK to be woken after a time. Its state
  /// does not tell: a short time may be over already.
  static boolean stoppedForATime(Thread thread) {
    try {
      return TIMEOUT.get(thread) != null;
    } catch (IllegalAccessException e) {
      throw unusable(e.toString(), e);
    }
  }

  private static void proveSchedulerIsOurs() {
    Queue<Runnable> submitted = new ArrayDeque<>();
    int[] progress = {0};
    Thread probe =
        create(
            submitted::add,
            "probe",
            () -> {
              progress[0] = carrier() == Thread.currentThread() ? -9 : 1;
              LockSupport.park();
              LockSupport.parkNanos(Long.MAX_VALUE);
              progress[0]++;
            });
    probe.start();
    expect(submitted.size() == 1 && progress[0] == 0, "a started thread ran without us");
    submitted.remove().run();
    expect(submitted.isEmpty() && progress[0] == 1, "a thread did not stop at its park");
    expect(!stoppedForATime(probe), "an untimed wait looks like a timed one");
    LockSupport.unpark(probe);
    submitted.remove().run();
    expect(stoppedForATime(probe), "a timed wait looks like an untimed one");
    LockSupport.unpark(probe);
    expect(submitted.size() == 1 && progress[0] == 1, "an unparked thread was not submitted");
    submitted.remove().run();
    expect(progress[0] == 2 && !probe.isAlive(), "a thread did not run to its end");
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw unusable(otherwise, null);
    }
  }

  private static IllegalStateException unusable(String reason, @Nullable Throwable cause) {
    return new IllegalStateException(
        "the simulator cannot schedule virtual threads on Java "
            + Runtime.version()
            + " ("
            + reason
            + "): run it on JDK 25 with --add-opens=java.base/java.lang=ALL-UNNAMED",
        cause);
  }
}
