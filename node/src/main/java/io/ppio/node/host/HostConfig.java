package io.ppio.node.host;

import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.identity.PeerId;
import io.ppio.network.peer.NodeRole;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a node of any role is started with.
///
/// @param name shown in logs
/// @param folder its own; locked while the node runs
/// @param listen where its protocol listens; port 0 takes any free one
/// @param genesis names the network and its service nodes
/// @param bootstrap entry points besides those of genesis
public record HostConfig(
    NodeRole role,
    String name,
    Path folder,
    InetSocketAddress listen,
    Genesis genesis,
    List<Entry> bootstrap) {
  /// One entry point.
  ///
  /// @param peer who must answer there; empty takes the bootstrap node that genesis names, if there
  ///   is just one
  public record Entry(InetSocketAddress address, Optional<PeerId> peer) {}

  public HostConfig {
    bootstrap = List.copyOf(bootstrap);
  }
}
