package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Monitor;
import io.ppio.env.Promise;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All peers of this node with their connections: the only place that adds and removes one.
///
/// Safe for use by any number of tasks. Nothing waits while its monitor is held.
final class TunnelTable {
  /// Two connections made within this time of each other count as simultaneous; later, a second one
  /// means that the peer has lost the first.
  private static final Duration SIMULTANEOUS = Duration.ofSeconds(10);

  /// Connections that one host (/32, IPv6 /64) and one network (/24, /48) may always have.
  private static final int HOST_MIN = 16;

  private static final int NETWORK_MIN = 64;
  private static final Duration DRAIN_MIN = Duration.ofSeconds(1);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

  private final LocalNode local;
  private final Services services;
  private final Monitor monitor;
  private final Map<PeerId, PeerState> remotes = new LinkedHashMap<>();
  private int connections;
  private boolean closed;

  TunnelTable(LocalNode local, Services services) {
    this.local = local;
    this.services = services;
    this.monitor = new Monitor(local.clock());
  }

  /// Runs `work` on the peer `id` alone.
  <T> T on(PeerId id, Function<PeerState, T> work) {
    monitor.lock();
    try {
      return work.apply(remote(id));
    } finally {
      monitor.unlock();
    }
  }

  private PeerState remote(PeerId id) {
    return remotes.computeIfAbsent(
        id, key -> new PeerState(key, new PeerLimits(local.clock(), local.config())));
  }

  /// Why a connection from `peer` at `address` is not wanted now; empty when it is.
  Optional<Status> objection(PeerId peer, InetAddress address) {
    monitor.lock();
    try {
      PeerState remote = remotes.get(peer);
      if (remote != null && remote.ladder().banned(local.clock().nanos())) {
        return Optional.of(Status.FORBIDDEN);
      }
      int have = remote == null ? 0 : remote.connections().size();
      boolean full =
          closed
              || connections >= local.config().connectionsMax()
              || have >= PeerState.TUNNELS_MAX
              || crowded(address);
      return full ? Optional.of(Status.OVERLOADED) : Optional.empty();
    } finally {
      monitor.unlock();
    }
  }

  /// Whether one host or network has too large a part of the connections, once those are scarce:
  /// until then, many users may share one address.
  private boolean crowded(InetAddress address) {
    int total = local.config().connectionsMax();
    if (connections <= total / 2 || (local.config().lan() && isLocal(address))) {
      return false;
    }
    int hosts = Math.max(HOST_MIN, total / 16);
    int networks = Math.max(NETWORK_MIN, total / 8);
    boolean v4 = address.getAddress().length == 4;
    return count(address, v4 ? 4 : 8) >= hosts || count(address, v4 ? 3 : 6) >= networks;
  }

  private static boolean isLocal(InetAddress address) {
    return Endpoint.tcp(Endpoint.Kind.DIRECT_OBSERVED, new InetSocketAddress(address, 1)).local();
  }

  private int count(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    int found = 0;
    for (PeerState remote : remotes.values()) {
      for (Tunnel connection : remote.connections()) {
        byte[] other = connection.mux().link().remote().getAddress().getAddress();
        if (other.length == bytes.length && Arrays.equals(other, 0, prefix, bytes, 0, prefix)) {
          found++;
        }
      }
    }
    return found;
  }

  /// Adds `points` to what speaks against `peer`; ends its connections when they are enough.
  void penalise(PeerId peer, int points) {
    long now = local.clock().nanos();
    Optional<Duration> banned = on(peer, remote -> remote.ladder().add(points, now));
    if (banned.isPresent()) {
      local.log().banned(peer, banned.get());
      on(peer, remote -> List.copyOf(remote.connections()))
          .forEach(connection -> connection.mux().close(Status.UNAVAILABLE, "peer is banned"));
    }
  }

  /// Whether `peer` is kept out now.
  boolean banned(PeerId peer) {
    long now = local.clock().nanos();
    return on(peer, remote -> remote.ladder().banned(now));
  }

  /// Takes a greeted link in, and lets one of two connections for the same purpose drain.
  ///
  /// @return the connection, which may be the one that drains
  Tunnel admit(Mux mux, Hello theirs, TunnelId tunnel) {
    PeerId peer = theirs.record().peerId();
    if (theirs.record().isCurrent(local.clock().wallMillis())) {
      local.book().learn(theirs.record());
    }
    local.time().observed(peer, mux.link().remote().getAddress(), theirs.clockMillis());
    List<Tunnel> losers = new ArrayList<>();
    Tunnel connection;
    PeerLimits allowance;
    boolean late;
    monitor.lock();
    try {
      PeerState remote = remote(peer);
      allowance = remote.allowance();
      connection = new Tunnel(mux, theirs, tunnel, remote.inflight(local.clock(), theirs));
      remote.reached();
      for (Tunnel other : remote.connections()) {
        if (other.index() == tunnel.index() && other.usable()) {
          losers.add(loser(other, connection));
        }
      }
      remote.connections().add(connection);
      connections++;
      late = closed;
    } finally {
      monitor.unlock();
    }
    if (late) {
      mux.close(Status.UNAVAILABLE, "node is closing");
    }
    losers.forEach(loser -> loser.drain(Status.DUPLICATE));
    begin(connection, allowance);
    return connection;
  }

  /// Simultaneous dials: the connection whose dialler has the smaller id stays. Otherwise the newer
  /// one stays, because its dialler would not have dialled while it saw the older one alive.
  private static Tunnel loser(Tunnel older, Tunnel newer) {
    boolean simultaneous =
        newer.since() - older.since() < SIMULTANEOUS.toNanos()
            && !older.tunnel().dialler().equals(newer.tunnel().dialler());
    return simultaneous && older.tunnel().dialler().compareTo(newer.tunnel().dialler()) < 0
        ? newer
        : older;
  }

  private void begin(Tunnel connection, PeerLimits allowance) {
    Mux mux = connection.mux();
    Exchanges.Node node =
        new Exchanges.Node(local.clock(), local.tasks(), services, local.counters(), local.log());
    Exchanges exchanges = new Exchanges(node, mux, connection.theirs().record(), allowance);
    mux.accept(stream -> {
      connection.used();
      exchanges.opened(stream);
    });
    mux.beat(local.clock().nanos());
    local
        .log()
        .connected(
            connection.peer(), mux.link().remote(), connection.index(), mux.link().dialled());
    local.tasks().serve("greeting-stream", () -> watch(connection));
  }

  private void watch(Tunnel connection) throws InterruptedException {
    try {
      connection.watchGreetingStream();
    } catch (Violation e) {
      connection.violated(e);
    } finally {
      connection.mux().close(Status.UNAVAILABLE, "stream 0 ended");
      remove(connection);
    }
  }

  private void remove(Tunnel connection) {
    monitor.lock();
    try {
      PeerState remote = remotes.get(connection.peer());
      if (remote != null && remote.connections().remove(connection)) {
        connections--;
      }
    } finally {
      monitor.unlock();
    }
    StreamFailed end = connection.mux().end().orElseThrow();
    String reason = String.valueOf(end.getMessage());
    local.log().disconnected(connection.peer(), connection.index(), reason);
    if (end.status() == Status.FRAME_TOO_LARGE || end.status() == Status.PROTOCOL_VIOLATION) {
      local.counters().count(TransportCounter.VIOLATIONS);
      local.log().violation(connection.peer(), reason);
      penalise(connection.peer(), BanLadder.RULE_BROKEN);
    }
  }

  /// Registers a dial of tunnel `index`, so that others wait for it.
  ///
  /// @return the dial, and whether it is new
  Dial dial(PeerId peer, int index) {
    monitor.lock();
    try {
      PeerState remote = remote(peer);
      Promise<Tunnel> under = remote.dials().get(index);
      if (under != null) {
        return new Dial(under, false);
      }
      Promise<Tunnel> fresh = new Promise<>(local.clock());
      for (Tunnel connection : remote.connections()) {
        if (connection.index() == index && connection.usable()) {
          fresh.complete(connection);
          return new Dial(fresh, false);
        }
      }
      remote.dials().put(index, fresh);
      return new Dial(fresh, true);
    } finally {
      monitor.unlock();
    }
  }

  /// A dial under way.
  record Dial(Promise<Tunnel> outcome, boolean fresh) {}

  /// A dial has ended, in whatever way.
  void dialEnded(PeerId peer, int index) {
    on(peer, remote -> remote.dials().remove(index));
  }

  /// Notes that `address` did not lead to `peer`.
  void failed(PeerId peer, InetSocketAddress address) {
    long now = local.clock().nanos();
    on(
        peer,
        remote -> {
          remote.failed(address, now, local.config());
          return remote;
        });
  }

  /// All connections now.
  List<Tunnel> all() {
    monitor.lock();
    try {
      List<Tunnel> found = new ArrayList<>();
      remotes.values().forEach(remote -> found.addAll(remote.connections()));
      return found;
    } finally {
      monitor.unlock();
    }
  }

  /// Pings, drains what nobody uses, closes what has drained, forgets who is gone.
  void sweep() {
    long now = local.clock().nanos();
    for (Tunnel connection : all()) {
      Mux mux = connection.mux();
      mux.beat(now);
      Duration draining = connection.draining(local.clock());
      Duration idle = connection.idle(local.clock());
      if (draining.isZero()) {
        if (idle.compareTo(local.config().idleAfter()) > 0 && !wanted(connection.peer())) {
          connection.drain(Status.OK);
        }
      } else if (draining.compareTo(DRAIN_MAX) > 0
          || (draining.compareTo(DRAIN_MIN) > 0 && mux.open() == 0)) {
        mux.close(Status.UNAVAILABLE, "drained");
      }
    }
    monitor.lock();
    try {
      remotes.values().removeIf(remote -> remote.forgettable(now));
    } finally {
      monitor.unlock();
    }
  }

  private boolean wanted(PeerId peer) {
    return on(peer, PeerState::wanted);
  }

  /// Ends all connections and takes no more.
  void close() {
    monitor.lock();
    try {
      closed = true;
    } finally {
      monitor.unlock();
    }
    all().forEach(connection -> connection.mux().close(Status.UNAVAILABLE, "node is closing"));
  }
}
