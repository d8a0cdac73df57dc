package io.ppio.consensus.chain;

import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.peer.AddressPrefix;
import io.ppio.network.peer.NodeRole;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A node that a network starts with.
///
/// @param roles bits of [NodeRole], at least one
/// @param name for people, at most 32 bytes, may be empty
/// @param addresses where to look for it first, `host:port`, at most 8
/// @param payout account that is paid: its operator's; its own if genesis states no other
public record GenesisNode(
    int roles, PeerId peer, String name, List<String> addresses, Account payout) {
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

  /// A node that is paid itself.
  public GenesisNode(int roles, PeerId peer, String name, List<String> addresses) {
    this(roles, peer, name, addresses, peer.account());
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

  /// Whether its own account is paid.
  public boolean isPaidItself() {
    return payout.equals(peer.account());
  }

  /// Its own account and that of its operator.
  public Set<Account> accounts() {
    return Stream.of(peer.account(), payout).collect(Collectors.toUnmodifiableSet());
  }

  /// The /24 (IPv6: /48) of each public address. Host names count for nothing: they resolve
  /// differently from place to place and time to time.
  public Set<Bytes> publicPrefixes() {
    return addresses.stream()
        .flatMap(address -> literal(address.substring(0, address.lastIndexOf(':'))).stream())
        .map(ip -> AddressPrefix.of(ip, true))
        .filter(prefix -> !prefix.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Bytes> literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return Optional.of(Bytes.of(InetAddress.ofLiteral(bare).getAddress()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether it has `role`.
  public boolean has(NodeRole role) {
    return role.in(roles);
  }
}
