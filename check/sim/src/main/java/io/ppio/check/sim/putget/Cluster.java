package io.ppio.check.sim.putget;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.env.simulated.RunEnd;
import io.ppio.env.simulated.SimWorld;
import io.ppio.network.peer.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machines of a small network with its genesis.
///
/// Segments are of 2 tiles, so that objects of several segments are cheap; an epoch lasts a second.
final class Cluster {
  /// Epoch 0 begins then; by then every node has its key.
  private static final Duration START = Duration.ofSeconds(2);

  private static final int SEGMENT_TILES = 2;
  static final int TILE_BYTES = 128 << 10;
  static final int SEGMENT_BYTES = SEGMENT_TILES * TILE_BYTES;

  private final List<Machine> machines = new ArrayList<>();
  private final Genesis genesis;

  Cluster(SimWorld world) {
    sizes()
        .forEach((role, count) -> {
          for (int i = 1; i <= count; i++) {
            String name = role.name().toLowerCase(java.util.Locale.ROOT) + (count > 1 ? i : "");
            machines.add(new Machine(role, world.node(name)));
          }
        });
    machines.forEach(Machine::makeIdentity);
    world.expect(
        RunEnd.DONE,
        world.runUntil(() -> machines.stream().noneMatch(each -> each.node().running()), START));
    genesis =
        new Genesis(
            NetworkClass.DEV,
            "put-get",
            SimWorld.EPOCH.plus(START),
            Parameters.LOCAL.withSegmentBytes(SEGMENT_BYTES),
            machines.stream().filter(Cluster::isNamed).map(Cluster::named).toList());
  }

  private static Map<NodeRole, Integer> sizes() {
    Map<NodeRole, Integer> sizes = new LinkedHashMap<>();
    sizes.put(NodeRole.BOOTSTRAP, 1);
    sizes.put(NodeRole.INDEXER, 1);
    sizes.put(NodeRole.VERIFIER, 3);
    sizes.put(NodeRole.MINER, 6);
    sizes.put(NodeRole.USER, 1);
    return sizes;
  }

  private static boolean isNamed(Machine machine) {
    return machine.role() != NodeRole.MINER && machine.role() != NodeRole.USER;
  }

  private static GenesisNode named(Machine machine) {
    return new GenesisNode(
        machine.role().bit(),
        machine.peer().orElseThrow(),
        machine.name(),
        List.of(machine.address()));
  }

  Genesis genesis() {
    return genesis;
  }

  List<Machine> machines() {
    return machines;
  }

  /// The machines of one role.
  List<Machine> machines(NodeRole role) {
    return machines.stream().filter(machine -> machine.role() == role).toList();
  }
}
