package io.ppio.network.transport;

import io.ppio.env.Bytes;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// How many tunnels there are in all, from each host (/32, IPv6 /64) and from each network (/24,
/// /48); kept as they come and go, so that a greeting among thousands of tunnels costs as much as
/// the first.
///
/// Guarded by the monitor of [TunnelTable].
final class CrowdTable {
  private final Map<Bytes, Integer> hosts = new HashMap<>();
  private final Map<Bytes, Integer> networks = new HashMap<>();
  private int node;

  /// Counts a tunnel from `address`.
  void add(InetAddress address) {
    node++;
    hosts.merge(host(address), 1, Integer::sum);
    networks.merge(network(address), 1, Integer::sum);
  }

  /// A tunnel from `address`, which was added, is gone.
  void remove(InetAddress address) {
    node--;
    hosts.computeIfPresent(host(address), (_, count) -> count == 1 ? null : count - 1);
    networks.computeIfPresent(network(address), (_, count) -> count == 1 ? null : count - 1);
  }

  /// The tunnels around `address`, whose peer has `ofPeer`; an `exempt` one counts for no host.
  AdmissionPolicy.Crowd around(InetAddress address, int ofPeer, boolean exempt) {
    return new AdmissionPolicy.Crowd(
        node,
        ofPeer,
        exempt ? 0 : hosts.getOrDefault(host(address), 0),
        exempt ? 0 : networks.getOrDefault(network(address), 0));
  }

  private static Bytes host(InetAddress address) {
    Bytes ip = Bytes.of(address.getAddress());
    return ip.size() == 4 ? ip : ip.slice(0, 8);
  }

  private static Bytes network(InetAddress address) {
    Bytes ip = Bytes.of(address.getAddress());
    return ip.slice(0, ip.size() == 4 ? 3 : 6);
  }
}
