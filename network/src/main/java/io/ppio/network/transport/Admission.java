package io.ppio.network.transport;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.wire.Hello;
import io.ppio.network.wire.Status;
import io.ppio.network.wire.Violation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// The way of a link into the table of tunnels, and out of it again: does what [AdmissionPolicy]
/// decides.
///
/// Safe for use by any number of tasks.
final class Admission {
  private final LocalNode local;
  private final Services services;
  private final TunnelTable table;
  private final AdmissionPolicy policy;

  Admission(LocalNode local, Services services, TunnelTable table) {
    this.local = local;
    this.services = services;
    this.table = table;
    this.policy = new AdmissionPolicy(local.config().tunnelsMax());
  }

  /// Checks that `peer` may have a tunnel from `address`.
  ///
  /// @throws Refused when it may not
  void check(PeerId peer, InetAddress address) throws Refused {
    switch (policy.decide(table.standing(peer, address))) {
      case AdmissionPolicy.Decision.Admit() -> {}
      case AdmissionPolicy.Decision.Reject(Status status) -> throw new Refused(status, "");
    }
  }

  /// Takes a greeted link in, and lets one of two tunnels for the same purpose drain.
  ///
  /// @return the tunnel, which may be the one that drains
  Tunnel admit(Mux mux, Hello theirs, TunnelId id) {
    learn(theirs.record());
    TunnelTable.Added added = table.add(mux, theirs, id);
    if (added.late()) {
      mux.close(Status.UNAVAILABLE, "node is closing");
    }
    added.losers().forEach(loser -> loser.drain(Status.DUPLICATE));
    serve(added.tunnel(), added.limits());
    return added.tunnel();
  }

  private void learn(PeerRecord record) {
    if (record.isCurrent(local.clock().wallMillis())) {
      local.book().learn(record);
    }
  }

  private PeerRecord renewed(Bytes hello, Mux mux) throws Violation {
    try {
      PeerRecord record = local.greeting().again(hello, mux).record();
      learn(record);
      return record;
    } catch (MalformedMessage | Refused e) {
      throw new Violation(Status.PROTOCOL_VIOLATION, "greeting again: " + e.getMessage());
    }
  }

  /// Greets all peers again, because the own record is new.
  void greetAgain() {
    table.all().forEach(tunnel -> tunnel.greetAgain(local.hello(tunnel.mux().link(), tunnel.id())));
  }

  private void serve(Tunnel tunnel, PeerLimits limits) {
    Mux mux = tunnel.mux();
    Exchanges exchanges = new Exchanges(local, services, tunnel, limits);
    mux.accept(stream -> {
      tunnel.used();
      exchanges.opened(stream);
    });
    mux.beat(local.clock().nanos());
    local.log().tunnelOpened(tunnel);
    local.tasks().serve("greeting-stream", () -> watch(tunnel));
  }

  private void watch(Tunnel tunnel) throws InterruptedException {
    try {
      tunnel.watchGreetingStream(hello -> renewed(hello, tunnel.mux()));
    } catch (Violation e) {
      tunnel.violated(e);
    } finally {
      tunnel.mux().close(Status.UNAVAILABLE, "stream 0 ended");
      ended(tunnel);
    }
  }

  private void ended(Tunnel tunnel) {
    table.remove(tunnel);
    StreamFailed end = tunnel.mux().end().orElseThrow();
    String reason = String.valueOf(end.getMessage());
    local.log().tunnelClosed(tunnel, reason);
    if (end.status() == Status.FRAME_TOO_LARGE || end.status() == Status.PROTOCOL_VIOLATION) {
      local.count(TransportCounter.VIOLATIONS);
      local.log().violation(tunnel.peer(), reason);
      penalise(tunnel.peer());
    }
  }

  /// Holds a broken rule against `peer`; ends its tunnels when it was the last straw.
  private void penalise(PeerId peer) {
    long now = local.clock().nanos();
    Optional<Duration> banned = table.on(peer, state -> state.penalise(BanLadder.RULE_BROKEN, now));
    if (banned.isPresent()) {
      local.log().banned(peer, banned.get());
      table.all().stream()
          .filter(tunnel -> tunnel.peer().equals(peer))
          .forEach(tunnel -> tunnel.mux().close(Status.UNAVAILABLE, "peer is banned"));
    }
  }

  /// Ends all tunnels and takes no more.
  void close() {
    table.close();
    table.all().forEach(tunnel -> tunnel.mux().close(Status.UNAVAILABLE, "node is closing"));
  }
}
