package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import io.ppio.node.user.api.UserApi;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Peers and servers as NetPeers and NetServers show them (interface specification 1.5, network
/// specification 1.3).
final class PeerJson {
  /// A neighbour with a tunnel; other kinds come with the overlay.
  private static final int NEIGHBOR = 1;

  private PeerJson() {}

  static ObjectNode peer(UserApi.PeerView peer) {
    ObjectNode json = Json.object().put("NodeType", NEIGHBOR).put("PeerID", peer.peerId());
    ObjectNode detail = json.putObject("PeerInfo");
    detail.putObject("ExternalAddress").put("IP", peer.ip()).put("UDPPort", peer.udpPort());
    detail.put("PeerID", peer.peerId()).put("Type", peer.role());
    detail.putArray("IPList");
    detail.putObject("InternalPorts").put("UDPPort", peer.udpPort()).put("TCPPort", peer.tcpPort());
    return json.put("SRTT", peer.rttMillis().orElse(Long.MAX_VALUE))
        .put("LastRTTDetectTime", peer.lastSample().map(Instant::toEpochMilli).orElse(0L))
        .put("LastRTTProbeTime", peer.lastProbe().map(Instant::toEpochMilli).orElse(0L))
        .put("NodeRole", peer.role());
  }

  static ObjectNode server(UserApi.PeerView server) {
    ObjectNode json = Json.object().put("Name", server.name()).put("PeerID", server.peerId());
    json.putObject("Address")
        .put("IP", server.ip())
        .put("UDPPort", server.udpPort())
        .put("TCPPort", server.tcpPort())
        .put("HTTPPort", server.httpPort());
    return json.put("AccountID", server.account()).put("Zone", server.zone());
  }
}
