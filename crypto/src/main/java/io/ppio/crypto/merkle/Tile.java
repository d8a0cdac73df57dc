package io.ppio.crypto.merkle;

/// Sizes of the units that data is stored, moved and proven in (data and proofs specification 1.1).
public final class Tile {
  /// Bytes of a tile, which on the wire is a piece.
  public static final int SIZE = 131_072;

  /// Bytes of a block, the leaf of every tree.
  public static final int BLOCK = 1_024;

  /// Blocks of a tile.
  public static final int BLOCKS = SIZE / BLOCK;

  /// Tiles of a segment at most.
  public static final int PER_SEGMENT_MAX = 128;

  private Tile() {}

  /// Tiles that hold `bytes` bytes.
  public static int count(long bytes) {
    return Math.toIntExact((bytes + SIZE - 1) / SIZE);
  }
}
