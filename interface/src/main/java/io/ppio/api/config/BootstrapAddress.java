package io.ppio.api.config;

import tools.jackson.databind.JsonNode;

/// An entry point of the network as `poss.conf` names it.
///
/// @param peerId hexadecimal; empty trusts whoever answers first
public record BootstrapAddress(String name, String ip, int tcpPort, int udpPort, String peerId) {
  static BootstrapAddress of(JsonNode node) {
    return new BootstrapAddress(
        node.path("Name").asString(""),
        node.path("IP").asString("127.0.0.1"),
        port(node, "TCPPort"),
        port(node, "UDPPort"),
        node.path("PeerID").asString(""));
  }

  private static int port(JsonNode node, String member) {
    String text = node.path(member).asString("0").strip();
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException(
          "Bootstrap." + member + " must be a port, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  /// The entry as `poss.conf` and role files hold it.
  public tools.jackson.databind.node.ObjectNode toJson() {
    return io.ppio.api.json.Json.object()
        .put("Name", name)
        .put("IP", ip)
        .put("UDPPort", udpPort)
        .put("TCPPort", tcpPort)
        .put("HTTPPort", 0)
        .put("RPCPort", 0)
        .put("PeerID", peerId);
  }
}
