package io.ppio.node.indexer;

import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimNode;
import io.ppio.env.simulated.SimWorld;
import java.time.Duration;

/// Runs something on one node that takes virtual days.
final class LongRun {
  private static final Duration LIMIT = Duration.ofDays(100);

  private LongRun() {}

  static void of(SimNode.Main body) {
    try (SimWorld world = new SimWorld(1)) {
      boolean[] ended = {false};
      world
          .node("node")
          .start(env -> {
            body.run(env);
            ended[0] = true;
          });
      RunEnd end = world.runUntil(() -> ended[0] || !world.taskFailures().isEmpty(), LIMIT);
      world.taskFailures().stream()
          .findFirst()
          .ifPresent(failure -> {
            throw new AssertionError(failure.reason() + world.describe(), failure.reason());
          });
      world.expect(RunEnd.DONE, end);
    }
  }
}
