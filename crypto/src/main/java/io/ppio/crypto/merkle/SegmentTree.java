package io.ppio.crypto.merkle;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.env.Bytes;
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
  private static final int ROOTS_MAX = Tile.PER_SEGMENT_MAX * Hash.SIZE;

  public SegmentTree {
    tileRoots = List.copyOf(tileRoots);
    Check.range(tileRoots.size(), 1, Tile.PER_SEGMENT_MAX, "tiles");
  }

  /// The tree over tile roots that came one after the other.
  public static SegmentTree decode(Bytes roots) throws MalformedMessage {
    if (roots.isEmpty() || roots.size() % Hash.SIZE != 0 || roots.size() > ROOTS_MAX) {
      throw new MalformedMessage("no list of tile roots");
    }
    List<Hash> tileRoots = new ArrayList<>();
    for (int at = 0; at < roots.size(); at += Hash.SIZE) {
      tileRoots.add(new Hash(roots.slice(at, at + Hash.SIZE)));
    }
    return new SegmentTree(tileRoots);
  }

  /// The tile roots one after the other.
  public Bytes encode() {
    FixedWidth roots = new FixedWidth();
    tileRoots.forEach(roots::hash);
    return Bytes.of(roots.toArray());
  }

  /// Number of tiles.
  public int tiles() {
    return tileRoots.size();
  }

  /// `DT`, `RT` or `R'T`, by what the tiles are.
  public Hash root() {
    return ListRoot.root(tileRoots);
  }

  /// The path of a block to the root, given the tree of its tile.
  public MerklePath blockPath(int tile, int block, TileTree tree) {
    Check.range(tile, 0, tiles() - 1L, "tile");
    List<Hash> path = new ArrayList<>(tree.path(block));
    path.addAll(ListRoot.path(tileRoots, tile));
    return new MerklePath(path);
  }
}
