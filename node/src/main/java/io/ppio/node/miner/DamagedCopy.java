package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import java.io.IOException;

/// The disk does not give what was stored of a copy.
final class DamagedCopy extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Hash contract;
  private final int tile;

  DamagedCopy(Hash contract, int tile) {
    super("tile " + tile + " of copy " + contract + " is damaged");
    this.contract = contract;
    this.tile = tile;
  }

  Hash contract() {
    return contract;
  }

  int tile() {
    return tile;
  }
}
