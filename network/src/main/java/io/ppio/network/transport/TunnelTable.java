package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.wire.Hello;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// All peers of this node with their tunnels: the only place that adds and removes one.
///
/// Safe for use by any number of tasks. Nothing waits while its monitor is held.
final class TunnelTable {
  private final Clock clock;
  private final PeersConfig config;
  private final Monitor monitor;
  private final Map<PeerId, PeerState> peers = new LinkedHashMap<>();
  private final CrowdTable crowds = new CrowdTable();
  private boolean closed;

  TunnelTable(Clock clock, PeersConfig config) {
    this.clock = clock;
    this.config = config;
    this.monitor = new Monitor(clock);
  }

  /// Runs `work` on the peer `id` alone.
  <T> T on(PeerId id, Function<PeerState, T> work) {
    try (var _ = monitor.hold()) {
      return work.apply(state(id));
    }
  }

  private PeerState state(PeerId id) {
    return peers.computeIfAbsent(id, _ -> new PeerState(new PeerLimits(clock, config)));
  }

  /// What there is when `peer` comes from `address`.
  AdmissionPolicy.Standing standing(PeerId peer, InetAddress address) {
    try (var _ = monitor.hold()) {
      PeerState state = peers.get(peer);
      boolean exempt = config.lan() && isLocal(address);
      int ofPeer = state == null ? 0 : state.tunnels().size();
      return new AdmissionPolicy.Standing(
          closed,
          state != null && state.banned(clock.nanos()),
          crowds.around(address, ofPeer, exempt));
    }
  }

  private static boolean isLocal(InetAddress address) {
    return Endpoint.tcp(Endpoint.Kind.DIRECT_OBSERVED, new InetSocketAddress(address, 1)).local();
  }

  /// A tunnel that was added.
  ///
  /// @param limits what its peer may ask
  /// @param losers tunnels for the same purpose that have to go, perhaps the added one
  /// @param late whether the table had been closed
  record Added(Tunnel tunnel, PeerLimits limits, List<Tunnel> losers, boolean late) {}

  /// Adds the tunnel over a greeted link.
  Added add(Mux mux, Hello theirs, TunnelId id) {
    try (var _ = monitor.hold()) {
      PeerState state = state(theirs.record().peerId());
      Tunnel tunnel = new Tunnel(mux, theirs, id, state.inflight(clock, theirs));
      state.reached();
      List<Tunnel> losers = new ArrayList<>();
      for (Tunnel other : state.tunnels()) {
        if (other.index() == tunnel.index() && other.usable()) {
          losers.add(
              switch (AdmissionPolicy.between(other.made(), tunnel.made())) {
                case OLDER -> tunnel;
                case NEWER -> other;
              });
        }
      }
      state.tunnels().add(tunnel);
      crowds.add(address(tunnel));
      return new Added(tunnel, state.limits(), losers, closed);
    }
  }

  /// Removes a tunnel whose link has ended.
  void remove(Tunnel tunnel) {
    try (var _ = monitor.hold()) {
      if (state(tunnel.peer()).tunnels().remove(tunnel)) {
        crowds.remove(address(tunnel));
      }
    }
  }

  private static InetAddress address(Tunnel tunnel) {
    return tunnel.mux().link().remote().getAddress();
  }

  /// All tunnels now.
  List<Tunnel> all() {
    try (var _ = monitor.hold()) {
      return peers.values().stream().flatMap(state -> state.tunnels().stream()).toList();
    }
  }

  /// Forgets peers of whom nothing matters any more.
  void forget() {
    long now = clock.nanos();
    try (var _ = monitor.hold()) {
      peers.values().removeIf(state -> state.forgettable(now));
    }
  }

  /// Admits nobody from now on.
  void close() {
    try (var _ = monitor.hold()) {
      closed = true;
    }
  }
}
