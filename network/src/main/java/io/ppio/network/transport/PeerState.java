package io.ppio.network.transport;

import io.ppio.env.Backoff;
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

/// One peer with its tunnels, the dials under way, the addresses that failed and what speaks
/// against it.
///
/// Guarded by the monitor of [TunnelTable].
final class PeerState {
  private static final int INFLIGHT_MAX = 4096;

  private record Failure(Backoff next, long retryAt) {}

  /// A dial under way, or one that has to begin.
  record Dial(Promise<Tunnel> outcome, boolean fresh) {}

  private final PeerLimits limits;
  private final List<Tunnel> tunnels = new ArrayList<>();
  private final Map<Integer, Promise<Tunnel>> dials = new LinkedHashMap<>();
  private final Map<InetSocketAddress, Failure> failures = new LinkedHashMap<>();
  private Optional<Failure> bulkFailure = Optional.empty();
  private BanLadder ladder = BanLadder.CLEAN;
  private Optional<Permits> inflight = Optional.empty();

  PeerState(PeerLimits limits) {
    this.limits = limits;
  }

  PeerLimits limits() {
    return limits;
  }

  List<Tunnel> tunnels() {
    return tunnels;
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
    return usable(0);
  }

  /// The tunnels for pieces.
  List<Tunnel> bulk() {
    return tunnels.stream().filter(t -> t.index() > 0 && t.usable()).toList();
  }

  private Optional<Tunnel> usable(int index) {
    return tunnels.stream().filter(t -> t.index() == index && t.usable()).findFirst();
  }

  /// The lowest number above 0 that no tunnel has.
  int freeIndex() {
    int index = 1;
    while (dials.containsKey(index) || usable(index).isPresent()) {
      index++;
    }
    return index;
  }

  /// Numbers of the tunnels for pieces that are being dialled.
  List<Integer> dialling() {
    return dials.keySet().stream().filter(index -> index > 0).toList();
  }

  /// The dial of tunnel `index`, registered so that others wait for it; one that has ended where
  /// the tunnel is there.
  Dial dial(int index, Clock clock) {
    Promise<Tunnel> under = dials.get(index);
    if (under != null) {
      return new Dial(under, false);
    }
    Promise<Tunnel> outcome = new Promise<>(clock);
    Optional<Tunnel> there = usable(index);
    if (there.isPresent()) {
      outcome.complete(there.get());
    } else {
      dials.put(index, outcome);
    }
    return new Dial(outcome, there.isEmpty());
  }

  /// The dial of tunnel `index` has ended, in whatever way.
  void dialEnded(int index) {
    dials.remove(index);
  }

  /// Nanoseconds until `address` may be tried again; 0 when it may.
  long waitFor(InetSocketAddress address, long now) {
    return wait(Optional.ofNullable(failures.get(address)), now);
  }

  /// Nanoseconds until a further tunnel for pieces may be tried; 0 when it may.
  long bulkWait(long now) {
    return wait(bulkFailure, now);
  }

  private static long wait(Optional<Failure> failure, long now) {
    return failure.map(last -> Math.max(0, last.retryAt() - now)).orElse(0L);
  }

  /// `address` did not lead to the peer: it is left alone, longer each time.
  void failed(InetSocketAddress address, long now, Backoff first) {
    failures.put(address, again(Optional.ofNullable(failures.get(address)), now, first));
  }

  /// The peer refused a further tunnel for pieces. The address is not to blame: it leads there.
  void bulkFailed(long now, Backoff first) {
    bulkFailure = Optional.of(again(bulkFailure, now, first));
  }

  private static Failure again(Optional<Failure> last, long now, Backoff first) {
    Backoff wait = last.map(Failure::next).orElse(first);
    return new Failure(wait.next(), now + wait.pause().toNanos());
  }

  /// Does not try `address` for `wait`, and after `first` when it fails again.
  void leaveAlone(InetSocketAddress address, long now, Duration wait, Backoff first) {
    failures.put(address, new Failure(first, now + wait.toNanos()));
  }

  /// The peer was reached, so whatever failed before may have healed.
  void reached() {
    failures.clear();
    bulkFailure = Optional.empty();
  }

  /// Whether the peer is kept out at `now`.
  boolean banned(long now) {
    return ladder.banned(now);
  }

  /// Adds `points` to what speaks against the peer.
  ///
  /// @return how long it is kept out from now on, if it is the last straw
  Optional<Duration> penalise(int points, long now) {
    BanLadder before = ladder;
    ladder = before.add(points, now);
    return ladder.until().equals(before.until()) ? Optional.empty() : Optional.of(ladder.left(now));
  }

  /// Whether nothing is remembered that matters at `now`.
  boolean forgettable(long now) {
    return tunnels.isEmpty()
        && dials.isEmpty()
        && ladder.clean(now)
        && limits.served() == 0
        && bulkWait(now) == 0
        && failures.values().stream().allMatch(f -> f.retryAt() - now <= 0);
  }
}
