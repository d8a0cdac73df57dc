package io.ppio.check.sim.putget;

import io.ppio.env.simulated.SimWorld;
import io.ppio.network.peer.NodeRole;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// What goes wrong by the script: kills with power failure at random moments and in the middle of
/// operations, restarts a while later, nodes cut off, one-way cuts. The world's own links do the
/// rest.
final class FaultScript {
  private static final Duration BEGIN = Duration.ofSeconds(4);
  private static final int KILLS_MAX = 6;
  private static final int CUTS_MAX = 2;
  private static final int OPERATIONS_MAX = 400;

  private final SimWorld world;
  private final Cluster cluster;
  private final Restarts restarts;
  private final RandomGenerator random;
  private boolean over;
  private long kills;
  private long cuts;

  /// Starts a machine's program again.
  @FunctionalInterface
  interface Restarts {
    void start(Machine machine);
  }

  FaultScript(SimWorld world, Cluster cluster, Restarts restarts) {
    this.world = world;
    this.cluster = cluster;
    this.restarts = restarts;
    this.random = world.random("chaos");
  }

  /// Plans the faults up to `end`.
  void plan(Duration end) {
    int killings = random.nextInt(1, KILLS_MAX + 1);
    for (int i = 0; i < killings; i++) {
      Machine victim = victim();
      Duration lasts = millis(500, 8_000);
      boolean within = random.nextBoolean();
      int operations = random.nextInt(1, OPERATIONS_MAX);
      world.at(moment(end), () -> kill(victim, within ? operations : 0, lasts));
    }
    int cuttings = random.nextInt(CUTS_MAX + 1);
    for (int i = 0; i < cuttings; i++) {
      Machine victim = victim();
      Duration lasts = millis(1_000, 12_000);
      boolean oneWay = random.nextInt(3) == 0;
      world.at(moment(end), () -> cut(victim, oneWay, lasts));
    }
  }

  /// Miners and the user, who have the most to lose, more often than the others.
  private Machine victim() {
    NodeRole role =
        switch (random.nextInt(10)) {
          case 0 -> NodeRole.BOOTSTRAP;
          case 1 -> NodeRole.VERIFIER;
          case 2, 3 -> NodeRole.INDEXER;
          case 4, 5, 6 -> NodeRole.USER;
          default -> NodeRole.MINER;
        };
    List<Machine> machines = cluster.machines(role);
    return machines.get(random.nextInt(machines.size()));
  }

  private Duration moment(Duration end) {
    return millis((int) BEGIN.toMillis(), (int) end.toMillis());
  }

  private Duration millis(int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to));
  }

  private void kill(Machine victim, int operations, Duration lasts) {
    if (over || !victim.node().running()) {
      return;
    }
    kills++;
    if (operations == 0) {
      victim.kill();
    } else {
      victim.node().killAtOperation(operations);
    }
    // One that has not come to its last operation by then is killed anyway.
    world.after(lasts, () -> revive(victim));
  }

  private void revive(Machine victim) {
    if (!over) {
      victim.kill();
      restarts.start(victim);
    }
  }

  private void cut(Machine victim, boolean oneWay, Duration lasts) {
    if (over) {
      return;
    }
    cuts++;
    var network = world.network();
    var others = world.nodes().stream().filter(node -> node != victim.node()).toList();
    var partition =
        oneWay ? network.block(List.of(victim.node()), others) : network.isolate(victim.node());
    world.after(lasts, partition::heal);
  }

  /// Heals everything: nothing goes wrong from now on, and every machine has lost its power once.
  void end() {
    over = true;
    world.calmLinks();
    for (Machine machine : cluster.machines()) {
      machine.kill();
      restarts.start(machine);
    }
  }

  long kills() {
    return kills;
  }

  long cuts() {
    return cuts;
  }
}
