package io.ppio.consensus.chain;

import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.network.peer.NodeRole;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The service nodes that a genesis names: whose word counts before a ledger. Immutable.
public final class NamedNodes {
  private final Set<PublicKey> indexers;
  private final List<PeerId> verifiers;

  public NamedNodes(Genesis genesis) {
    this.indexers =
        genesis.peers(NodeRole.INDEXER).stream()
            .map(PeerId::publicKey)
            .collect(Collectors.toUnmodifiableSet());
    this.verifiers = genesis.peers(NodeRole.VERIFIER);
  }

  /// The verifiers in peer-id order.
  public List<PeerId> verifiers() {
    return verifiers;
  }

  /// Whether `peer` is an indexer.
  public boolean isIndexer(PeerId peer) {
    return indexers.contains(peer.publicKey());
  }

  /// Whether `peer` is a verifier.
  public boolean isVerifier(PeerId peer) {
    return verifiers.contains(peer);
  }

  /// Whether an indexer signed it.
  public boolean isByIndexer(SignedStatement<?> statement) {
    return statement.signer().filter(indexers::contains).isPresent();
  }
}
