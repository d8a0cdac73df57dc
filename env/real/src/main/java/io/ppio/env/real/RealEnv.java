package io.ppio.env.real;

import io.ppio.env.Clock;
import io.ppio.env.Disk;
import io.ppio.env.Env;
import io.ppio.env.Links;
import io.ppio.env.Log;
import io.ppio.env.TaskScope;
import io.ppio.env.Tasks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The production environment of one node.
///
/// Any number of them may live in one process; they share the event loops, the disk threads, the
/// block cache of the stores and the limits on handshakes. Nothing has to be closed: what it gave
/// out is closed by whoever asked for it.
public final class RealEnv implements Env {
  private static final SecureRandom SECURE = new SecureRandom();
  private static final String GENERATOR = "L128X256MixRandom";
  private static final int GENERATOR_SEED_BYTES = 48;

  private final String node;
  private final Log log;
  private final EnvLog events;
  private final Clock clock = RealClock.INSTANCE;
  private final Links links;
  private final Disk disk;

  /// @param node a name for thread names and messages
  /// @param root the folder against which relative paths are resolved; may be absent
  /// @param log where events of this node are recorded
  public RealEnv(String node, Path root, Log log) {
    this.node = node;
    this.log = log;
    this.events = new EnvLog(log);
    this.links = new TlsLinks(clock, events);
    this.disk = new RealDisk(root.toAbsolutePath().normalize());
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public RandomGenerator random(String purpose) {
    byte[] seed = new byte[GENERATOR_SEED_BYTES];
    SECURE.nextBytes(seed);
    return RandomGeneratorFactory.of(GENERATOR).create(seed);
  }

  @Override
  public void secret(byte[] target) {
    SECURE.nextBytes(target);
  }

  @Override
  public Tasks tasks(String name) {
    String scope = node + "/" + name;
    return new TaskScope(
        clock,
        scope,
        (task, body, ended) -> started(scope + "/" + task, body, ended),
        (task, reason) -> events.taskFailed(scope, task, reason));
  }

  private static Thread started(
      String thread, Tasks.Body body, Consumer<Optional<Throwable>> ended) {
    return Thread.ofVirtual()
        .name(thread)
        .start(() -> {
          Optional<Throwable> thrown = Optional.empty();
          try {
            body.run();
          } catch (Throwable e) {
            thrown = Optional.of(e);
          }
          ended.accept(thrown);
        });
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
