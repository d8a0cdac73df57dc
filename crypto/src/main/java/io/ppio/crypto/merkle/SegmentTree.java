package io.ppio.crypto.merkle;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.env.Check;
import java.util.ArrayList;
import java.util.List;

/// The tree of a segment above its tile roots.
///
/// A tile is a perfect subtree of the RFC 6962 tree over all blocks, so the upper part is the RFC
/// 6962 tree over tile roots. Immutable.
///
/// @param tileRoots 1 to 128, in tile order
public record SegmentTree(List<Hash> tileRoots) {
  public SegmentTree {
    tileRoots = List.copyOf(tileRoots);
    Check.range(tileRoots.size(), 1, Tile.PER_SEGMENT_MAX, "tiles");
  }

  /// Number of tiles.
  public int tiles() {
    return tileRoots.size();
  }

  /// `DT`, `RT` or `R'T`, by what the tiles are.
  public Hash root() {
    return ListRoot.root(tileRoots);
  }

  /// The path of a tile root to the root: at most 7 hashes.
  public MerklePath tilePath(int tile) {
    Check.range(tile, 0, tiles() - 1L, "tile");
    return new MerklePath(ListRoot.path(tileRoots, tile));
  }

  /// The path of a block to the root, given the tree of its tile.
  public MerklePath blockPath(int tile, int block, TileTree tree) {
    Check.range(tile, 0, tiles() - 1L, "tile");
    List<Hash> path = new ArrayList<>(tree.path(block));
    path.addAll(ListRoot.path(tileRoots, tile));
    return new MerklePath(path);
  }
}
