package io.ppio.env.simulated;

import io.ppio.env.Check;
import io.ppio.env.Env;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A machine of the world: a name, an address, a disk, and the program that runs on it or does not.
///
/// Used by the script between events, or by any task of the world.
public final class SimNode {
  private static final long NEVER = Long.MAX_VALUE;

  private final SimWorld world;
  private final String name;
  private final int index;
  private final InetAddress address;
  private final Volume volume;
  private final AccessLink up;
  private final AccessLink down;
  private @Nullable Incarnation incarnation;
  private int starts;
  private boolean terminated;
  private long operations;
  private long killAtOperation = NEVER;
  private Duration wallOffset = Duration.ZERO;

  /// What a node runs.
  @FunctionalInterface
  public interface Main {
    /// The whole life of the program; its normal end, and that of all tasks it started, ends the
    /// process. An [InterruptedException] after [SimNode#terminate] is a normal end.
    void run(Env env) throws Exception;
  }

  SimNode(SimWorld world, String name, int index) {
    this.world = world;
    this.name = name;
    this.index = index;
    this.address = address(index + 1);
    this.volume = new Volume(world, this);
    this.up = new AccessLink(world.config().links().bytesPerSecond());
    this.down = new AccessLink(world.config().links().bytesPerSecond());
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  public String name() {
    return name;
  }

  /// Place in the order in which nodes were made, from 0.
  public int index() {
    return index;
  }

  /// The node's one address, in 10.0.0.0/8, with `port`.
  public InetSocketAddress at(int port) {
    return new InetSocketAddress(address, port);
  }

  /// Whether its program runs.
  public boolean running() {
    Incarnation now = incarnation;
    return now != null && now.alive();
  }

  /// Starts the program; it begins when the world runs.
  ///
  /// @throws IllegalStateException when it runs already
  public void start(Main main) {
    Check.that(!running(), name + " runs already");
    terminated = false;
    Incarnation next = new Incarnation(world, this, starts++);
    incarnation = next;
    world.record(this, Trace.Kind.START, next.number(), 0);
    next.startMain(main);
  }

  /// Asks the program to end, as SIGTERM does: interrupts its first task.
  public void terminate() {
    terminated = true;
    Incarnation now = incarnation;
    if (now != null && now.alive()) {
      now.interruptMain();
    }
  }

  boolean terminated() {
    return terminated;
  }

  /// SIGKILL and power failure in one: no line of the program runs again, peers notice after a
  /// while, and of what was not forced to the disk a seeded part is lost. Also for a node whose
  /// program has ended; then only the disk suffers.
  public void kill() {
    world.record(this, Trace.Kind.KILL, operations, 0);
    killAtOperation = NEVER;
    Incarnation now = incarnation;
    if (now != null) {
      now.end(true);
    }
    volume.crash();
  }

  /// Kills the node if it runs, and starts `main` on its disk.
  public void restart(Main main) {
    if (running()) {
      kill();
    }
    start(main);
  }

  /// Disk, store and link operations its programs have begun so far.
  public long operations() {
    return operations;
  }

  /// Kills the node as it begins its `count`-th operation from now (1 is the next), so that a
  /// script can try every point of a run.
  public void killAtOperation(long count) {
    killAtOperation = operations + Check.range(count, 1, Long.MAX_VALUE / 2, "count");
  }

  void countOperation() {
    if (++operations == killAtOperation) {
      kill();
    }
  }

  /// Sets the difference of its wall clock from the true time; the clock jumps.
  public void setWallOffset(Duration offset) {
    wallOffset = offset;
  }

  Duration wallOffset() {
    return wallOffset;
  }

  /// Sets the rates of its access link, bytes per second.
  public void setBandwidth(long upBytesPerSecond, long downBytesPerSecond) {
    up.setRate(upBytesPerSecond);
    down.setRate(downBytesPerSecond);
  }

  AccessLink up() {
    return up;
  }

  AccessLink down() {
    return down;
  }

  /// The disk's files, which outlive its programs.
  Volume volume() {
    return volume;
  }

  Optional<Incarnation> incarnation() {
    return Optional.ofNullable(incarnation);
  }

  @Override
  public String toString() {
    return name;
  }
}
