package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Promise;
import io.ppio.env.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromiseTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void everyWaitingTaskGetsTheValue() {
    SimWorld.run(
        1,
        env -> {
          Promise<String> promise = new Promise<>(env.clock());
          try (Tasks tasks = env.tasks("wait")) {
            for (int i = 0; i < 3; i++) {
              tasks.fork("wait-" + i, () -> assertEquals("value", promise.await()));
            }
            env.clock().sleep(SECOND);
            assertFalse(promise.isDone());
            promise.complete("value");
            assertTrue(promise.isDone());
            tasks.join();
          }
          assertEquals("value", promise.await());
          assertEquals(Optional.of("value"), promise.await(env.clock().in(Duration.ZERO)));
        });
  }

  @Test
  void theFirstCompletionWins() {
    SimWorld.run(
        1,
        env -> {
          Promise<String> promise = new Promise<>(env.clock());
          promise.complete("first");
          promise.complete("second");
          promise.fail(new IOException("third"));
          assertEquals("first", promise.await());
        });
  }

  @Test
  void aFailureIsThrownAsItIs() {
    SimWorld.run(
        1,
        env -> {
          Promise<String> promise = new Promise<>(env.clock());
          IOException failure = new IOException("reason");
          promise.fail(failure);
          promise.complete("too late");
          assertSame(failure, assertThrows(IOException.class, promise::await));
          assertSame(
              failure,
              assertThrows(IOException.class, () -> promise.await(env.clock().in(SECOND))));
        });
  }

  @Test
  void aWaitWithDeadlineEndsEmpty() {
    SimWorld.run(
        1,
        env -> {
          Promise<String> promise = new Promise<>(env.clock());
          long before = env.clock().nanos();
          assertEquals(Optional.empty(), promise.await(env.clock().in(SECOND)));
          assertEquals(SECOND.toNanos(), env.clock().nanos() - before);
        });
  }
}
