package io.ppio.node.indexer;

import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which account a peer spoke for last: it brought something that the account's key signed.
///
/// Only good for showing a user its own copies first; whoever repeats another one's signed request
/// sees that one's copies first. In memory, bounded. Safe for concurrent use.
final class PeerAccounts {
  /// Peers remembered; those that spoke longest ago leave first.
  static final int PEERS_MAX = 50_000;

  private final Monitor monitor;
  private final Map<PeerId, Account> accounts = new LinkedHashMap<>();

  PeerAccounts(Clock clock) {
    this.monitor = new Monitor(clock);
  }

  void spoke(PeerId peer, Account account) {
    try (var _ = monitor.hold()) {
      accounts.remove(peer);
      accounts.put(peer, account);
      if (accounts.size() > PEERS_MAX) {
        PeerId oldest = accounts.keySet().iterator().next();
        accounts.remove(oldest);
      }
    }
  }

  Optional<Account> account(PeerId peer) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(accounts.get(peer));
    }
  }
}
