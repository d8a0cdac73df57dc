package io.ppio.env.simulated;

import io.ppio.env.Clock;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Links;
import io.ppio.env.Log;
import io.ppio.env.TaskScope;
import io.ppio.env.Tasks;
import java.util.random.RandomGenerator;

/// The world as one incarnation of a node sees it.
final class SimEnv implements Env {
  private final Incarnation incarnation;
  private final SimClock clock;
  private final SimLog log;
  private final SimLinks links;
  private final SimDisk disk;
  private final SeededRandom secrets;

  SimEnv(Incarnation incarnation) {
    this.incarnation = incarnation;
    this.clock = new SimClock(incarnation, seeded("clock").nextLong() >> 2);
    this.log = new SimLog(incarnation);
    this.links = new SimLinks(incarnation);
    this.disk = new SimDisk(incarnation.node().volume(), incarnation);
    this.secrets = seeded("secret");
  }

  /// A program that was started again does not repeat its choices, let alone its keys.
  private SeededRandom seeded(String... purpose) {
    String[] names = new String[purpose.length + 3];
    names[0] = "node";
    names[1] = incarnation.node().name();
    names[2] = Integer.toString(incarnation.number());
    System.arraycopy(purpose, 0, names, 3, purpose.length);
    return SeededRandom.of(incarnation.world().seed(), names);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public RandomGenerator random(String purpose) {
    return seeded("random", purpose);
  }

  @Override
  public void secret(byte[] target) {
    secrets.nextBytes(target);
  }

  @Override
  public Tasks tasks(String name) {
    return new TaskScope(
        clock,
        name,
        (task, body, ended) -> incarnation.spawn(name + "/" + task, body, ended::accept).thread(),
        (task, reason) -> log.warn("task-failed", "scope", name, "task", task, "reason", reason));
  }

  @Override
  public Links links() {
    return links;
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public Log log() {
    return log;
  }
}
