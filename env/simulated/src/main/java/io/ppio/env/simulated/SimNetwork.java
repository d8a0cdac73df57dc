package io.ppio.env.simulated;

import io.ppio.env.Check;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What lies between the nodes: latencies, partitions, and who listens where.
///
/// Used by the script between events, or by any task of the world.
public final class SimNetwork {
  /// How long a link whose bytes do not arrive lives: about what TCP tries before it gives up in
  /// short settings.
  static final long PIPE_TIMEOUT_NANOS = Duration.ofSeconds(20).toNanos();

  /// A lost packet is sent again after this, at most.
  static final long RETRANSMIT_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int EPHEMERAL_PORTS_FROM = 49_152;
  private static final int PORTS = 65_536;

  private final SimWorld world;
  private final SeededRandom random;
  private final Map<InetAddress, SimNode> nodes = new HashMap<>();
  private final Map<InetSocketAddress, SimListener> listeners = new HashMap<>();
  private final Map<Long, Long> latencies = new HashMap<>();
  private final Set<Partition> partitions = new LinkedHashSet<>();
  private final Set<LinkDirection> held = new LinkedHashSet<>();
  private int nextPort = EPHEMERAL_PORTS_FROM;

  SimNetwork(SimWorld world) {
    this.world = world;
    this.random = SeededRandom.of(world.seed(), "network");
  }

  SeededRandom random() {
    return random;
  }

  SimWorld world() {
    return world;
  }

  Kernel kernel() {
    return world.kernel();
  }

  void add(SimNode node) {
    nodes.put(node.at(0).getAddress(), node);
  }

  Optional<SimNode> nodeAt(InetSocketAddress address) {
    return Optional.ofNullable(nodes.get(address.getAddress()));
  }

  // Latency.

  /// Sets the time from one node to another, in this direction only.
  public void setLatency(SimNode from, SimNode to, Duration latency) {
    latencies.put(pair(from, to), latency.toNanos());
  }

  private static long pair(SimNode from, SimNode to) {
    return (long) from.index() << 32 | to.index();
  }

  /// The time a packet sent now takes.
  long latencyNanos(SimNode from, SimNode to) {
    SimConfig.LinkModel model = world.config().links();
    long base =
        latencies.isEmpty()
            ? model.latency().toNanos()
            : latencies.getOrDefault(pair(from, to), model.latency().toNanos());
    return base + random.upTo(model.jitter().toNanos());
  }

  // Partitions.

  /// A cut between two sets of nodes, until it heals.
  public final class Partition {
    private final BitSet from;
    private final BitSet to;
    private final boolean bothWays;

    private Partition(BitSet from, BitSet to, boolean bothWays) {
      this.from = from;
      this.to = to;
      this.bothWays = bothWays;
    }

    private boolean cuts(int source, int target) {
      return (from.get(source) && to.get(target))
          || (bothWays && from.get(target) && to.get(source));
    }

    /// Lets bytes through again; those held up arrive within a second. Idempotent.
    public void heal() {
      if (partitions.remove(this)) {
        releaseHeld();
      }
    }
  }

  /// Cuts all links between the nodes of `some` and those of `others`. Bytes on their way are held
  /// up; a link with bytes held up for 20 s breaks; new links cannot be opened.
  public Partition partition(Collection<SimNode> some, Collection<SimNode> others) {
    return cut(some, others, true);
  }

  /// Cuts one direction only.
  public Partition block(Collection<SimNode> from, Collection<SimNode> to) {
    return cut(from, to, false);
  }

  /// Cuts `node` off from all nodes there are.
  public Partition isolate(SimNode node) {
    List<SimNode> others = new ArrayList<>(world.nodes());
    others.remove(node);
    return partition(List.of(node), others);
  }

  private Partition cut(Collection<SimNode> from, Collection<SimNode> to, boolean bothWays) {
    Partition made = new Partition(indexes(from), indexes(to), bothWays);
    partitions.add(made);
    return made;
  }

  private static BitSet indexes(Collection<SimNode> nodes) {
    BitSet set = new BitSet();
    nodes.forEach(node -> set.set(node.index()));
    return set;
  }

  /// Heals every partition there is.
  public void healAll() {
    partitions.clear();
    releaseHeld();
  }

  /// Whether a packet from one to the other gets lost now.
  boolean cuts(SimNode from, SimNode to) {
    for (Partition partition : partitions) {
      if (partition.cuts(from.index(), to.index())) {
        return true;
      }
    }
    return false;
  }

  /// Remembers a direction with bytes held up by a partition.
  void hold(LinkDirection direction) {
    held.add(direction);
  }

  private void releaseHeld() {
    for (LinkDirection direction : new ArrayList<>(held)) {
      if (!cuts(direction.from(), direction.to())) {
        held.remove(direction);
        direction.release();
      }
    }
  }

  // Listeners.

  /// A port that `node` has not in use.
  int freePort(SimNode node) {
    for (int tried = 0; tried < PORTS - EPHEMERAL_PORTS_FROM; tried++) {
      int port = nextPort++;
      if (nextPort == PORTS) {
        nextPort = EPHEMERAL_PORTS_FROM;
      }
      if (!listeners.containsKey(node.at(port))) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free on " + node);
  }

  /// @return false when the address is taken
  boolean bind(SimListener listener) {
    return listeners.putIfAbsent(listener.address(), listener) == null;
  }

  void release(SimListener listener) {
    Check.that(listeners.remove(listener.address(), listener), "a listener was not bound");
  }

  Optional<SimListener> listenerAt(InetSocketAddress address) {
    return Optional.ofNullable(listeners.get(address));
  }

  // Partitions by chance.

  /// Starts throwing the dice for partitions, once a virtual second, if they have a probability.
  void startPartitions() {
    if (world.config().linkFaults().partition() > 0) {
      long second = Duration.ofSeconds(1).toNanos();
      kernel().after(second, new PartitionDice(second));
    }
  }

  private final class PartitionDice extends SimEvent {
    private final long everyNanos;

    PartitionDice(long everyNanos) {
      this.everyNanos = everyNanos;
    }

    @Override
    void fire() {
      double probability = world.config().linkFaults().partition();
      if (partitions.isEmpty() && random.happens(probability)) {
        halve();
      }
      if (probability > 0) {
        kernel().after(everyNanos, this);
      }
    }

    private void halve() {
      List<SimNode> some = new ArrayList<>();
      List<SimNode> others = new ArrayList<>();
      for (SimNode node : world.nodes()) {
        (random.nextBoolean() ? some : others).add(node);
      }
      if (some.isEmpty() || others.isEmpty()) {
        return;
      }
      world.fault(some.getFirst(), FaultCounters.Fault.PARTITION);
      Partition partition = partition(some, others);
      long lasts = everyNanos + random.upTo(9 * everyNanos);
      kernel().after(lasts, new Heal(partition));
    }
  }

  private static final class Heal extends SimEvent {
    private final Partition partition;

    Heal(Partition partition) {
      this.partition = partition;
    }

    @Override
    void fire() {
      partition.heal();
    }
  }
}
