package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Permits;
import io.ppio.env.Task;
import io.ppio.env.Tasks;
import io.ppio.env.simulated.fixtures.Seeds;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void whatIsTakenIsMissingUntilGivenBack() {
    SimWorld.run(
        1,
        env -> {
          Permits permits = new Permits(env.clock(), 10);
          permits.acquire(7);
          assertFalse(permits.tryAcquire(4));
          assertTrue(permits.tryAcquire(3));
          assertFalse(permits.acquire(1, env.clock().in(SECOND)));
          permits.release(5);
          assertTrue(permits.acquire(5, env.clock().in(SECOND)));
          assertFalse(permits.tryAcquire(1));
        });
  }

  @Test
  void aTaskWaitsForARelease() {
    SimWorld.run(
        1,
        env -> {
          Permits permits = new Permits(env.clock(), 2);
          permits.acquire(2);
          try (Tasks tasks = env.tasks("wait")) {
            Task waiting = tasks.fork("wait", () -> permits.acquire(2));
            env.clock().sleep(SECOND);
            permits.release(1);
            env.clock().sleep(SECOND);
            assertFalse(waiting.ended());
            permits.release(1);
            waiting.join();
          }
          assertFalse(permits.tryAcquire(1));
        });
  }

  @Test
  void misuseIsRefused() {
    SimWorld.run(
        1,
        env -> {
          assertThrows(IllegalArgumentException.class, () -> new Permits(env.clock(), 0));
          Permits permits = new Permits(env.clock(), 2);
          assertThrows(IllegalArgumentException.class, () -> permits.acquire(3));
          assertThrows(IllegalArgumentException.class, () -> permits.acquire(-1));
          assertThrows(IllegalStateException.class, () -> permits.release(1));
        });
  }

  @Seeds(20)
  void theBoundIsNeverPassed(long seed) {
    SimWorld.run(
        seed,
        env -> {
          Permits permits = new Permits(env.clock(), 5);
          long[] inUse = {0};
          try (Tasks tasks = env.tasks("users")) {
            for (int i = 0; i < 8; i++) {
              RandomGenerator random = env.random("user-" + i);
              tasks.fork(
                  "user-" + i,
                  () -> {
                    for (int round = 0; round < 50; round++) {
                      int count = 1 + random.nextInt(5);
                      permits.acquire(count);
                      inUse[0] += count;
                      assertTrue(inUse[0] <= 5);
                      env.clock().sleep(Duration.ofMillis(random.nextInt(10)));
                      inUse[0] -= count;
                      permits.release(count);
                    }
                  });
            }
            tasks.join();
          }
          assertTrue(permits.tryAcquire(5));
        });
  }
}
