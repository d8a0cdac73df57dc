package io.ppio.node.user.task;

import io.ppio.env.Env;
import io.ppio.env.Tasks;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Moves the numbered parts of something, a few at a time. Immutable.
///
/// @param atOnce parts on their way at once
public record Workers(Env env, int atOnce) {
  /// Segments of one object on their way at once.
  private static final int SEGMENTS = 4;

  /// For the segments of one object.
  public static Workers ofSegments(Env env) {
    return new Workers(env, SEGMENTS);
  }

  /// Moves one part.
  @FunctionalInterface
  public interface Step<E extends Exception> {
    void run(int part) throws E, InterruptedException;
  }

  /// Runs `step` for every one of `parts` in about their order; returns when all are done. The
  /// first failure cancels the rest and is thrown.
  ///
  /// @param failure what `step` fails with
  public <E extends Exception> void each(List<Integer> parts, Class<E> failure, Step<E> step)
      throws E, InterruptedException {
    if (parts.size() == 1) {
      step.run(parts.getFirst());
      return;
    }
    AtomicInteger next = new AtomicInteger();
    try (Tasks scope = env.tasks("parts")) {
      for (int worker = 0; worker < Math.min(atOnce, parts.size()); worker++) {
        scope.fork(
            "parts-" + worker,
            () -> {
              int at = next.getAndIncrement();
              while (at < parts.size()) {
                step.run(parts.get(at));
                at = next.getAndIncrement();
              }
            });
      }
      scope.join();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (failure.isInstance(cause)) {
        throw failure.cast(cause);
      }
      throw cause instanceof RuntimeException bug
          ? bug
          : new IllegalStateException("a part failed oddly", e);
    }
  }
}
