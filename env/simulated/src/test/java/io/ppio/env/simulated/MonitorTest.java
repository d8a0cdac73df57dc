package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Monitor;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aSignalWakesEveryWaitingTask() {
    SimWorld.run(
        1,
        env -> {
          Monitor monitor = new Monitor(env.clock());
          List<Integer> woken = new ArrayList<>();
          try (Tasks tasks = env.tasks("waiters")) {
            for (int i = 0; i < 5; i++) {
              int number = i;
              tasks.fork(
                  "waiter-" + i,
                  () -> {
                    try (var _ = monitor.hold()) {
                      monitor.await();
                      woken.add(number);
                    }
                  });
            }
            env.clock().sleep(SECOND);
            try (var _ = monitor.hold()) {
              monitor.signalAll();
              assertEquals(List.of(), woken);
            }
            tasks.join();
          }
          assertEquals(List.of(0, 1, 2, 3, 4), woken.stream().sorted().toList());
        });
  }

  @Test
  void aWaitEndsAtItsDeadlineAndNotBefore() {
    SimWorld.run(
        1,
        env -> {
          Monitor monitor = new Monitor(env.clock());
          long before = env.clock().nanos();
          try (var _ = monitor.hold()) {
            assertFalse(monitor.await(env.clock().in(SECOND)));
            assertFalse(monitor.await(env.clock().in(Duration.ZERO)));
          }
          assertEquals(SECOND.toNanos(), env.clock().nanos() - before);
        });
  }

  @Test
  void aSignalBeforeTheDeadlineIsReported() {
    SimWorld.run(
        1,
        env -> {
          Monitor monitor = new Monitor(env.clock());
          try (Tasks tasks = env.tasks("signal")) {
            tasks.fork(
                "signal",
                () -> {
                  env.clock().sleep(SECOND);
                  try (var _ = monitor.hold()) {
                    monitor.signalAll();
                  }
                });
            try (var _ = monitor.hold()) {
              assertTrue(monitor.await(env.clock().in(SECOND.multipliedBy(2))));
            }
            tasks.join();
          }
        });
  }

  @Test
  void aCancelledWaitHoldsTheMonitorWhenItFails() {
    SimWorld.run(
        1,
        env -> {
          Monitor monitor = new Monitor(env.clock());
          List<String> seen = new ArrayList<>();
          try (Tasks tasks = env.tasks("cancel")) {
            Task waiting =
                tasks.fork(
                    "wait",
                    () -> {
                      try (var _ = monitor.hold()) {
                        assertThrows(InterruptedException.class, monitor::await);
                        monitor.signalAll();
                        seen.add("cancelled");
                      }
                    });
            env.clock().sleep(SECOND);
            waiting.cancel();
            waiting.join();
          }
          assertEquals(List.of("cancelled"), seen);
        });
  }

  @Test
  void misuseIsRefused() {
    SimWorld.run(
        1,
        env -> {
          Monitor monitor = new Monitor(env.clock());
          assertThrows(IllegalStateException.class, monitor::await);
          assertThrows(IllegalStateException.class, monitor::signalAll);
          try (var _ = monitor.hold();
              var _ = monitor.hold()) {
            assertThrows(IllegalStateException.class, () -> monitor.await(env.clock().in(SECOND)));
          }
        });
  }
}
