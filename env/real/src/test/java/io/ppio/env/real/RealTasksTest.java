package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Clock;
import io.ppio.env.Env;
import io.ppio.env.Mailbox;
import io.ppio.env.Promise;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RealTasksTest {
  private static final Duration FOREVER = Duration.ofDays(1);

  private final RecordedLog log = new RecordedLog();
  private final Env env = new RealEnv("node", Path.of("."), log);
  private final Clock clock = env.clock();

  @Test
  void joinWaitsForEveryTaskAndTheirTasks() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    try (Tasks tasks = env.tasks("scope")) {
      tasks.fork(
          "outer",
          () -> {
            tasks.fork("inner", ended::incrementAndGet);
            tasks.serve("other", ended::incrementAndGet);
            ended.incrementAndGet();
          });
      tasks.join();
      assertEquals(3, ended.get());
    }
    assertEquals(0, log.lines().size());
  }

  @Test
  void tasksAreNamedVirtualThreads() throws Exception {
    Promise<String> name = new Promise<>(clock);
    try (Tasks tasks = env.tasks("scope")) {
      tasks.fork(
          "task",
          () -> {
            assertTrue(Thread.currentThread().isVirtual());
            name.complete(Thread.currentThread().getName());
          });
      assertEquals("node/scope/task", name.await());
    }
  }

  @Test
  void aForkedFailureCancelsTheOthersAndIsThrown() throws Exception {
    IOException reason = new IOException("broken");
    try (Tasks tasks = env.tasks("scope")) {
      Task other = tasks.fork("other", () -> clock.sleep(FOREVER));
      tasks.fork(
          "bad",
          () -> {
            throw reason;
          });
      ExecutionException e = assertThrows(ExecutionException.class, tasks::join);
      assertSame(reason, e.getCause());
      assertEquals("node/scope/bad failed: broken", e.getMessage());
      other.join();
      Task late = tasks.fork("late", () -> clock.sleep(FOREVER));
      late.join();
      assertThrows(ExecutionException.class, tasks::join);
    }
    assertEquals(0, log.lines().size());
  }

  @Test
  void aServedFailureIsLoggedAndEndsOnlyItself() throws Exception {
    try (Tasks tasks = env.tasks("scope")) {
      tasks
          .serve(
              "bad",
              () -> {
                throw new IOException("broken\npipe");
              })
          .join();
      tasks
          .serve(
              "bug",
              () -> {
                throw new IllegalStateException("bug");
              })
          .join();
      tasks.fork("good", () -> {});
      tasks.join();
    }
    assertEquals(
        "WARN task-failed scope=node/scope task=bad reason=\"IOException: broken\\npipe\"",
        log.next());
    assertTrue(log.next().startsWith("ERROR task-failed scope=node/scope task=bug"));
  }

  @Test
  void closingCancelsAndWaits() throws Exception {
    AtomicInteger cleanedUp = new AtomicInteger();
    Tasks tasks = env.tasks("scope");
    Mailbox<Integer> started = new Mailbox<>(clock, 10);
    for (int i = 0; i < 10; i++) {
      tasks.serve(
          "wait",
          () -> {
            try {
              started.put(1);
              clock.sleep(FOREVER);
            } finally {
              cleanedUp.incrementAndGet();
            }
          });
    }
    for (int i = 0; i < 10; i++) {
      started.take();
    }
    tasks.close();
    assertEquals(10, cleanedUp.get());
    tasks.close();
    assertThrows(IllegalStateException.class, () -> tasks.fork("late", () -> {}));
    assertThrows(IllegalStateException.class, () -> tasks.serve("late", () -> {}));
    assertEquals(0, log.lines().size());
  }

  @Test
  void anInterruptThatIsNoCancellationIsAFailure() throws Exception {
    try (Tasks tasks = env.tasks("scope")) {
      tasks.fork(
          "odd",
          () -> {
            throw new InterruptedException("odd");
          });
      assertThrows(ExecutionException.class, tasks::join);
    }
  }

  @Test
  void aFailureNobodyJoinedForIsLogged() throws Exception {
    Tasks tasks = env.tasks("scope");
    tasks
        .fork(
            "bad",
            () -> {
              throw new IOException("unseen");
            })
        .join();
    tasks.close();
    assertTrue(log.next().contains("unseen"));
    assertEquals(1, log.lines().size());
  }

  @Test
  void aCancelledTaskEnds() throws Exception {
    try (Tasks tasks = env.tasks("scope")) {
      Task task = tasks.fork("wait", () -> clock.sleep(FOREVER));
      assertFalse(task.ended());
      task.cancel();
      task.cancel();
      task.join();
      assertTrue(task.ended());
      tasks.join();
    }
  }

  @Test
  void aCloserThatIsInterruptedStillWaits() throws Exception {
    try (Tasks outer = env.tasks("outer")) {
      AtomicInteger ended = new AtomicInteger();
      Task closing =
          outer.fork(
              "closing",
              () -> {
                Tasks inner = env.tasks("inner");
                inner.serve(
                    "stubborn",
                    () -> {
                      try {
                        clock.sleep(FOREVER);
                      } finally {
                        ended.incrementAndGet();
                      }
                    });
                Thread.currentThread().interrupt();
                inner.close();
                assertTrue(Thread.interrupted());
                ended.incrementAndGet();
              });
      closing.join();
      outer.join();
      assertTrue(ended.get() >= 1, "the closer itself ended");
    }
  }

  @Test
  void aTaskCannotCloseItsOwnScope() throws Exception {
    try (Tasks tasks = env.tasks("scope")) {
      tasks.fork("self", tasks::close);
      assertTrue(
          assertThrows(ExecutionException.class, tasks::join).getCause()
              instanceof IllegalStateException);
    }
  }

  @Test
  void tenThousandTasksPassAToken() throws Exception {
    int count = 10_000;
    try (Tasks tasks = env.tasks("ring")) {
      Mailbox<Integer> first = new Mailbox<>(clock, 1);
      Mailbox<Integer> from = first;
      for (int i = 0; i < count; i++) {
        Mailbox<Integer> in = from;
        Mailbox<Integer> out = new Mailbox<>(clock, 1);
        tasks.fork("pass", () -> out.put(in.take().orElseThrow() + 1));
        from = out;
      }
      first.put(0);
      assertEquals(count, from.take().orElseThrow());
      tasks.join();
    }
  }
}
