package io.ppio.check.sim.putget;

import io.ppio.check.sim.putget.ObjectLife.Act;
import io.ppio.check.sim.putget.ObjectLife.Plan;
import io.ppio.check.sim.putget.ObjectLife.Step;
import io.ppio.env.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws what a user does: a few objects of all sizes, some deleted, some moved, each in 1 to 3
/// copies.
final class ObjectPlans {
  private static final int OBJECTS_MIN = 2;
  private static final int OBJECTS_MAX = 4;
  private static final int SEGMENTS_MAX = 6;
  private static final int COPIES_MAX = 3;

  private final RandomGenerator random;

  ObjectPlans(RandomGenerator random) {
    this.random = random;
  }

  List<ObjectLife> draw() {
    int count = random.nextInt(OBJECTS_MIN, OBJECTS_MAX + 1);
    List<ObjectLife> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[size()];
      random.nextBytes(content);
      objects.add(
          new ObjectLife(
              new Plan(
                  "object-" + i,
                  Bytes.of(content),
                  random.nextInt(1, COPIES_MAX + 1),
                  seconds(0, 10),
                  steps())));
    }
    return objects;
  }

  /// Half of them small, the others around the borders of tiles and segments, up to six segments.
  private int size() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2, 3 -> random.nextInt(1, 4096);
      case 4, 5 -> random.nextInt(1, Cluster.SEGMENT_BYTES);
      case 6, 7 -> Cluster.TILE_BYTES * random.nextInt(1, 5) + random.nextInt(-1, 2);
      case 8, 9 -> Cluster.SEGMENT_BYTES * random.nextInt(1, 4) + random.nextInt(-1, 2);
      default -> random.nextInt(1, SEGMENTS_MAX * Cluster.SEGMENT_BYTES + 1);
    };
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      steps.add(new Step(Act.STOP_AND_RESUME, seconds(0, 1)));
    }
    int gets = random.nextInt(1, 3);
    for (int i = 0; i < gets; i++) {
      steps.add(new Step(Act.GET, seconds(0, 8)));
    }
    if (random.nextInt(4) == 0) {
      steps.add(random.nextInt(steps.size() + 1), new Step(Act.MOVE, seconds(0, 5)));
    }
    if (random.nextInt(3) == 0) {
      steps.add(new Step(Act.DELETE, seconds(0, 5)));
    }
    return steps;
  }

  private Duration seconds(int from, int to) {
    return Duration.ofMillis(random.nextInt(from * 1000, to * 1000 + 1));
  }
}
