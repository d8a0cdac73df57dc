package io.ppio.crypto.merkle;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.security.DigestException;
import java.security.MessageDigest;

/// Computes tile roots. Reuses its buffers, so one task owns it; making one is cheap.
///
/// Levels are hashed in place in one array of 128 digests, without an object per node. Prefix and
/// content are brought together before they are hashed: copying a kibibyte costs less than the
/// partial block that a one-byte update leaves in the digest. Runs at 76 to 80 % of plain SHA-256;
/// the prefixes' extra compressions alone bound it to 84 %.
public final class TileHasher {
  private static final int NODE = 2 * Hash.SIZE;

  private final MessageDigest digest = Hash.newSha256();
  private final byte[] level = new byte[Tile.BLOCKS * Hash.SIZE];

  /// `0x00 ‖ block`.
  private final byte[] leafInput = new byte[1 + Tile.BLOCK];

  /// `0x01 ‖ left ‖ right`.
  private final byte[] nodeInput = new byte[1 + NODE];

  public TileHasher() {
    nodeInput[0] = 1;
  }

  /// The root over the 128 blocks of the tile at `offset` of `bytes`.
  public Hash root(byte[] bytes, int offset) {
    hashBlocks(bytes, offset, level);
    for (int nodes = Tile.BLOCKS / 2; nodes >= 1; nodes /= 2) {
      hashPairs(level, 0, level, 0, nodes);
    }
    return new Hash(Bytes.of(level, 0, Hash.SIZE));
  }

  /// The leaf hash of the block at `offset` of `bytes`.
  public Hash leaf(byte[] bytes, int offset) {
    System.arraycopy(bytes, offset, leafInput, 1, Tile.BLOCK);
    return Hash.of(digest.digest(leafInput));
  }

  void hashBlocks(byte[] bytes, int offset, byte[] out) {
    try {
      for (int block = 0; block < Tile.BLOCKS; block++) {
        System.arraycopy(bytes, offset + block * Tile.BLOCK, leafInput, 1, Tile.BLOCK);
        digest.update(leafInput, 0, leafInput.length);
        digest.digest(out, block * Hash.SIZE, Hash.SIZE);
      }
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer holds a digest", e);
    }
  }

  /// Hashes `count` pairs of nodes that stand at `from` of `in` to `to` of `out`; in place is
  /// allowed.
  void hashPairs(byte[] in, int from, byte[] out, int to, int count) {
    try {
      for (int node = 0; node < count; node++) {
        System.arraycopy(in, from + node * NODE, nodeInput, 1, NODE);
        digest.update(nodeInput, 0, nodeInput.length);
        digest.digest(out, to + node * Hash.SIZE, Hash.SIZE);
      }
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer holds a digest", e);
    }
  }
}
