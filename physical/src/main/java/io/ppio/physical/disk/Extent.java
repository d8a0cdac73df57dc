package io.ppio.physical.disk;

import io.ppio.env.Check;

/// Tiles next to each other in one file: `start` to `start + count - 1`.
///
/// @param start index of the first tile, from 0
/// @param count tiles, at least 1
public record Extent(int start, int count) implements Comparable<Extent> {
  public Extent {
    Check.range(start, 0, TileFile.TILES_MAX - 1, "start");
    Check.range(count, 1, TileFile.TILES_MAX - start, "count");
  }

  /// Index after the last tile.
  public int end() {
    return start + count;
  }

  /// Ascending by start.
  @Override
  public int compareTo(Extent other) {
    int byStart = Integer.compare(start, other.start);
    return byStart != 0 ? byStart : Integer.compare(count, other.count);
  }

  @Override
  public String toString() {
    return start + "+" + count;
  }
}
