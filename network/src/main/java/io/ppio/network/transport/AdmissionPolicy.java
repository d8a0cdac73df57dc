package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.network.wire.Status;
import java.time.Duration;

/// Who may have a tunnel to this node, and which of two for one purpose stays (network
/// specification 1.6 and 1.9).
///
/// | a peer that                                                   | is told    |
/// |---------------------------------------------------------------|------------|
/// | is kept out for its behaviour                                 | FORBIDDEN  |
/// | comes while the node closes or has all its tunnels            | OVERLOADED |
/// | has [#PEER_MAX] tunnels                                       | OVERLOADED |
/// | comes from a crowded host or network, half the tunnels in use | OVERLOADED |
///
/// Pure: what there is goes in, the decision comes out.
///
/// @param tunnelsMax tunnels of the node at once
record AdmissionPolicy(int tunnelsMax) {
  /// Tunnels of one peer at most.
  static final int PEER_MAX = 8;

  /// Tunnels that one host (/32, IPv6 /64) and one network (/24, /48) may always have.
  static final int HOST_MIN = 16;

  static final int NETWORK_MIN = 64;

  /// Two tunnels made within this time of each other count as simultaneous; later, a second one
  /// means that the peer has lost the first.
  static final Duration SIMULTANEOUS = Duration.ofSeconds(10);

  /// What is decided about a peer that wants a tunnel.
  sealed interface Decision {
    record Admit() implements Decision {}

    record Reject(Status status) implements Decision {}
  }

  private static final Decision ADMIT = new Decision.Admit();
  private static final Decision FULL = new Decision.Reject(Status.OVERLOADED);

  /// What there is when a peer comes.
  ///
  /// @param closing whether the node takes no more
  /// @param banned whether the peer is kept out
  record Standing(boolean closing, boolean banned, Crowd crowd) {}

  /// Tunnels there are: of the whole node, of the peer, and from its host and network.
  record Crowd(int node, int peer, int host, int network) {}

  /// Whether a peer may have a tunnel.
  Decision decide(Standing standing) {
    if (standing.banned()) {
      return new Decision.Reject(Status.FORBIDDEN);
    }
    Crowd crowd = standing.crowd();
    boolean full =
        standing.closing()
            || crowd.node() >= tunnelsMax
            || crowd.peer() >= PEER_MAX
            || crowded(crowd);
    return full ? FULL : ADMIT;
  }

  /// Whether one host or network has too large a part of the tunnels, once those are scarce: until
  /// then, many users may share one address.
  private boolean crowded(Crowd crowd) {
    return crowd.node() > tunnelsMax / 2
        && (crowd.host() >= Math.max(HOST_MIN, tunnelsMax / 16)
            || crowd.network() >= Math.max(NETWORK_MIN, tunnelsMax / 8));
  }

  /// Which of two tunnels for one purpose stays.
  enum Stays {
    OLDER,
    NEWER
  }

  /// Who made a tunnel, and when on the clock's scale.
  record Made(PeerId dialler, long nanos) {}

  /// Simultaneous dials: the tunnel whose dialler has the smaller id stays. Otherwise the newer one
  /// stays, because its dialler would not have dialled while it saw the older one alive.
  static Stays between(Made older, Made newer) {
    boolean simultaneous =
        newer.nanos() - older.nanos() < SIMULTANEOUS.toNanos()
            && !older.dialler().equals(newer.dialler());
    return simultaneous && older.dialler().compareTo(newer.dialler()) < 0
        ? Stays.OLDER
        : Stays.NEWER;
  }
}
