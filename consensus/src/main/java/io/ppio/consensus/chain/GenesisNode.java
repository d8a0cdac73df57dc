package io.ppio.consensus.chain;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Check;
import io.ppio.network.peer.NodeRole;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A node that a network starts with.
///
/// @param roles bits of [NodeRole], at least one
/// @param name for people, at most 32 bytes, may be empty
/// @param addresses where to look for it first, `host:port`, at most 8
public record GenesisNode(int roles, PeerId peer, String name, List<String> addresses) {
  static final int NAME_MAX = 32;
  static final int ADDRESSES_MAX = 8;
  static final int ADDRESS_MAX = 260;

  private static final int ROLES_MAX = 0x1fe;
  private static final int PORT_MAX = 65_535;

  public GenesisNode {
    addresses = List.copyOf(addresses);
    if (roles == 0 || (roles & ~ROLES_MAX) != 0) {
      throw new IllegalArgumentException("unknown roles");
    }
    Check.range(name.getBytes(StandardCharsets.UTF_8).length, 0, NAME_MAX, "length of name");
    Check.range(addresses.size(), 0, ADDRESSES_MAX, "number of addresses");
    addresses.forEach(GenesisNode::requireAddress);
  }

  private static void requireAddress(String address) {
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    if (colon < 1
        || address.length() > ADDRESS_MAX
        || !address.chars().allMatch(c -> c > ' ' && c < 0x7f)
        || !port.matches("[1-9][0-9]{0,4}")
        || Integer.parseInt(port) > PORT_MAX) {
      throw new IllegalArgumentException("address must be host:port");
    }
  }

  /// Whether it has `role`.
  public boolean has(NodeRole role) {
    return role.in(roles);
  }
}
