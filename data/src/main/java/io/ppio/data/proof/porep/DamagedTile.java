package io.ppio.data.proof.porep;

import java.io.IOException;

/// A sealed tile whose bytes are no longer those that its root was made of: the disk lied, and the
/// copy must be repaired before it can be proven.
public final class DamagedTile extends IOException {
  private static final long serialVersionUID = 1;

  private final int tile;

  DamagedTile(int tile) {
    super("tile " + tile + " of the replica does not match its root");
    this.tile = tile;
  }

  /// Its number in the replica.
  public int tile() {
    return tile;
  }
}
