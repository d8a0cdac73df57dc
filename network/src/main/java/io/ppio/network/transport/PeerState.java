package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Permits;
import io.ppio.env.Promise;
import io.ppio.network.wire.Hello;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One peer with its tunnels, the dials under way and the addresses that failed.
///
/// Guarded by the monitor of [TunnelTable].
final class PeerState {
  /// Tunnels of one peer at most, over all transports.
  static final int TUNNELS_MAX = 8;

  private static final int INFLIGHT_MAX = 4096;

  private record Failure(int count, long retryAt) {}

  private final PeerId id;
  private final PeerLimits allowance;
  private final List<Tunnel> connections = new ArrayList<>();
  private final Map<Integer, Promise<Tunnel>> dials = new LinkedHashMap<>();
  private final Map<InetSocketAddress, Failure> failures = new LinkedHashMap<>();
  private final BanLadder ladder = new BanLadder();
  private Optional<Permits> inflight = Optional.empty();
  private boolean wanted;

  PeerState(PeerId id, PeerLimits allowance) {
    this.id = id;
    this.allowance = allowance;
  }

  PeerId id() {
    return id;
  }

  PeerLimits allowance() {
    return allowance;
  }

  List<Tunnel> connections() {
    return connections;
  }

  Map<Integer, Promise<Tunnel>> dials() {
    return dials;
  }

  BanLadder ladder() {
    return ladder;
  }

  boolean wanted() {
    return wanted;
  }

  void want(boolean keep) {
    wanted = keep;
  }

  /// Requests that may be under way to the peer: what it said first.
  Permits inflight(Clock clock, Hello theirs) {
    if (inflight.isEmpty()) {
      inflight = Optional.of(new Permits(clock, Math.min(theirs.inflightMax(), INFLIGHT_MAX)));
    }
    return inflight.get();
  }

  /// The tunnel for control messages.
  Optional<Tunnel> control() {
    return connections.stream().filter(c -> c.index() == 0 && c.usable()).findFirst();
  }

  /// The tunnels for pieces.
  List<Tunnel> bulk() {
    return connections.stream().filter(c -> c.index() > 0 && c.usable()).toList();
  }

  /// The lowest tunnel number above 0 that is free.
  int freeIndex() {
    int index = 1;
    while (taken(index)) {
      index++;
    }
    return index;
  }

  private boolean taken(int index) {
    return dials.containsKey(index)
        || connections.stream().anyMatch(c -> c.index() == index && c.usable());
  }

  /// Nanoseconds until `address` may be tried again; 0 when it may.
  long waitFor(InetSocketAddress address, long now) {
    Failure failure = failures.get(address);
    return failure == null ? 0 : Math.max(0, failure.retryAt() - now);
  }

  /// `address` did not lead to the peer.
  void failed(InetSocketAddress address, long now, PeersConfig config) {
    Failure old = failures.get(address);
    int count = old == null ? 0 : Math.min(old.count() + 1, 30);
    Duration longest = config.redialMax();
    Duration wait = config.redialFirst().multipliedBy(1L << count);
    leaveAlone(address, now, count, wait.compareTo(longest) > 0 ? longest : wait);
  }

  /// Does not try `address` for `wait`.
  void leaveAlone(InetSocketAddress address, long now, int count, Duration wait) {
    failures.put(address, new Failure(count, now + wait.toNanos()));
  }

  /// The peer was reached, so whatever failed before may have healed.
  void reached() {
    failures.clear();
  }

  /// Whether nothing is remembered that matters at `now`.
  boolean forgettable(long now) {
    return connections.isEmpty()
        && dials.isEmpty()
        && !wanted
        && ladder.clean(now)
        && allowance.inflight() == 0
        && failures.values().stream().allMatch(f -> f.retryAt() - now <= 0);
  }
}
