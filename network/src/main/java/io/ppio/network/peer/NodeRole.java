package io.ppio.network.peer;

import io.ppio.crypto.canonical.Coded;

/// What a node does for the network (network specification 1.2). A node may have several roles.
public enum NodeRole implements Coded {
  UNKNOWN(0),
  USER(1),
  MINER(2),
  INDEXER(3),
  VERIFIER(4),
  BOOTSTRAP(5),
  COIN_POOL(6),
  SOURCE(7),
  CONSENSUS(8);

  private final int code;

  NodeRole(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }

  /// The bit in a set of roles.
  public int bit() {
    return code == 0 ? 0 : 1 << code;
  }

  /// Whether the set `roles` has this role.
  public boolean in(int roles) {
    return (roles & bit()) != 0;
  }
}
