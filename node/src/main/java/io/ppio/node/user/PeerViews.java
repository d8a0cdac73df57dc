package io.ppio.node.user;

import io.ppio.network.peer.Contact;
import io.ppio.network.peer.Endpoint;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transport.TunnelView;
import io.ppio.node.host.NodeHost;
import io.ppio.node.user.api.UserApi.PeerView;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Peers and service nodes as interfaces show them. Safe for concurrent use.
final class PeerViews {
  private final NodeHost host;

  PeerViews(NodeHost host) {
    this.host = host;
  }

  /// Peers with a tunnel now, once each.
  List<PeerView> connected() {
    Map<String, PeerView> views = new LinkedHashMap<>();
    for (TunnelView tunnel : host.peers().tunnels()) {
      PeerView view = view(tunnel);
      views.putIfAbsent(view.peerId(), view);
    }
    return List.copyOf(views.values());
  }

  private PeerView view(TunnelView tunnel) {
    PeerRecord record = tunnel.record();
    NodeRole role = role(record.roles());
    Optional<Long> rtt =
        Optional.of(tunnel.roundTrip().toMillis()).filter(_ -> !tunnel.roundTrip().isZero());
    return new PeerView(
        host.directory().name(record.peerId()),
        record.peerId().hex(),
        role.code(),
        record.zone(),
        tunnel.address().getAddress().getHostAddress(),
        tunnel.address().getPort(),
        0,
        0,
        rtt,
        rtt.map(_ -> host.env().clock().wall()),
        Optional.empty(),
        role == NodeRole.USER ? "" : record.peerId().accountAddress());
  }

  /// The nodes that genesis names for a role.
  List<PeerView> named(NodeRole role) {
    return host.directory().named(role).stream().map(contact -> view(contact, role)).toList();
  }

  private PeerView view(Contact contact, NodeRole role) {
    Optional<InetSocketAddress> address =
        contact.endpoints().stream()
            .map(Endpoint::tcpAddress)
            .flatMap(Optional::stream)
            .findFirst();
    return new PeerView(
        host.directory().name(contact.id()),
        contact.id().hex(),
        role.code(),
        host.peers().addressBook().record(contact.id()).map(PeerRecord::zone).orElse(0),
        address.map(InetSocketAddress::getHostString).orElse(""),
        address.map(InetSocketAddress::getPort).orElse(0),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        contact.id().accountAddress());
  }

  private static NodeRole role(int roles) {
    for (NodeRole role : NodeRole.values()) {
      if (role.in(roles)) {
        return role;
      }
    }
    return NodeRole.USER;
  }
}
