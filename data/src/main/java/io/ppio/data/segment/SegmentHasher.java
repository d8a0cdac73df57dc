package io.ppio.data.segment;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.env.Check;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Chunk hash and tile roots of one segment, tile by tile while the bytes are in the cache. Owned
/// by one task.
public final class SegmentHasher {
  private final MessageDigest chunk = Hash.newSha256();
  private final TileHasher hasher = new TileHasher();
  private final List<Hash> roots = new ArrayList<>();
  private boolean ended;

  /// Takes the next tile.
  ///
  /// @param bytes holds the tile at `offset`; what is past `length` is overwritten with the zero
  ///   padding
  /// @param length bytes of the segment in this tile, 1 to 131,072, less only in the last one
  /// @return the tile root
  public Hash add(byte[] bytes, int offset, int length) {
    Check.range(length, 1, Tile.SIZE, "length");
    Check.that(!ended, "only the last tile of a segment is short");
    ended = length < Tile.SIZE;
    chunk.update(bytes, offset, length);
    Arrays.fill(bytes, offset + length, offset + Tile.SIZE, (byte) 0);
    Hash root = hasher.root(bytes, offset);
    roots.add(root);
    return root;
  }

  /// SHA-256 of the unpadded bytes; ends the computation.
  public Hash chunkHash() {
    return Hash.of(chunk.digest());
  }

  /// The tree over the tiles taken so far.
  public SegmentTree tree() {
    return new SegmentTree(roots);
  }
}
