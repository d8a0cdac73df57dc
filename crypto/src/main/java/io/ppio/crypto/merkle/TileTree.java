package io.ppio.crypto.merkle;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.ArrayList;
import java.util.List;

/// The perfect tree over the 128 blocks of one tile, kept whole to open any block. Immutable.
public final class TileTree {
  private static final int DEPTH = 7;

  /// All levels one after the other, leaves first: 128 + 64 + … + 1 digests.
  private final byte[] nodes = new byte[(2 * Tile.BLOCKS - 1) * Hash.SIZE];

  /// @param bytes holds the tile at `offset`
  public TileTree(byte[] bytes, int offset) {
    TileHasher hasher = new TileHasher();
    hasher.hashBlocks(bytes, offset, nodes);
    int from = 0;
    for (int count = Tile.BLOCKS; count > 1; count /= 2) {
      int to = from + count * Hash.SIZE;
      hasher.hashPairs(nodes, from, nodes, to, count / 2);
      from = to;
    }
  }

  /// The tile root.
  public Hash root() {
    return node(2 * Tile.BLOCKS - 2);
  }

  /// The path of `block` to the tile root, from the leaf upwards: always 7 hashes.
  public List<Hash> path(int block) {
    Check.range(block, 0, Tile.BLOCKS - 1L, "block");
    List<Hash> path = new ArrayList<>(DEPTH);
    int start = 0;
    int at = block;
    for (int count = Tile.BLOCKS; count > 1; count /= 2) {
      path.add(node(start + (at ^ 1)));
      start += count;
      at /= 2;
    }
    return List.copyOf(path);
  }

  private Hash node(int index) {
    return new Hash(Bytes.of(nodes, index * Hash.SIZE, Hash.SIZE));
  }
}
