package io.ppio.node.user.task;

import io.ppio.env.Env;
import io.ppio.env.Tasks;
import io.ppio.node.user.api.UserFailure;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs the segments of one object, a few at a time. Stateless.
public final class SegmentWorkers {
  /// Segments of one object on their way at once.
  public static final int AT_ONCE = 4;

  private SegmentWorkers() {}

  /// Moves one segment.
  @FunctionalInterface
  public interface Step {
    void run(int segment) throws UserFailure, InterruptedException;
  }

  /// Runs `step` for every one of `segments` in about their order; returns when all are done. The
  /// first failure cancels the rest and is thrown.
  public static void each(Env env, String name, List<Integer> segments, Step step)
      throws UserFailure, InterruptedException {
    if (segments.size() == 1) {
      step.run(segments.getFirst());
      return;
    }
    AtomicInteger next = new AtomicInteger();
    try (Tasks scope = env.tasks(name)) {
      for (int worker = 0; worker < Math.min(AT_ONCE, segments.size()); worker++) {
        scope.fork(
            "segments-" + worker,
            () -> {
              int at = next.getAndIncrement();
              while (at < segments.size()) {
                step.run(segments.get(at));
                at = next.getAndIncrement();
              }
            });
      }
      scope.join();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UserFailure failure -> throw failure;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IllegalStateException("a segment failed oddly", e);
      }
    }
  }
}
