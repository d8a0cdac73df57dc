package io.ppio.env.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Clock;
import io.ppio.env.Env;
import io.ppio.env.Mailbox;
import io.ppio.env.Promise;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// What of a scope of tasks is seen from outside: the names of threads, and what is logged.
final class RealTasksTest {
  private final RecordedLog log = new RecordedLog();
  private final Env env = new RealEnv("node", Path.of("."), log);
  private final Clock clock = env.clock();

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
  void whatJoinThrowsIsNotLogged() throws Exception {
    try (Tasks tasks = env.tasks("scope")) {
      tasks.fork(
          "bad",
          () -> {
            throw new IOException("broken");
          });
      ExecutionException e = assertThrows(ExecutionException.class, tasks::join);
      assertEquals("node/scope/bad failed: broken", e.getMessage());
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
