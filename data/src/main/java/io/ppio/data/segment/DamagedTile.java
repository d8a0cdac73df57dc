package io.ppio.data.segment;

import java.io.IOException;

/// Thrown by a source of tiles: the disk does not give back what was stored, and the copy must be
/// repaired before it can be sealed, proven or served.
public final class DamagedTile extends IOException {
  private static final long serialVersionUID = 1;

  private final int tile;

  /// @param tile its number in the segment
  public DamagedTile(int tile) {
    super("tile " + tile + " does not match its root");
    this.tile = tile;
  }

  /// Its number in the segment.
  public int tile() {
    return tile;
  }
}
