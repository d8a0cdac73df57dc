package io.ppio.data.proof.pod;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.merkle.TileTree;
import io.ppio.data.seal.SealCodec;
import io.ppio.env.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What can be proven and checked about one lane, from its commitments. Pure.
///
/// A reader checks three equations: (a) the ciphered pieces lead to R'T, before paying; (b) a key
/// is one of those that key_root commits to and (c) the deciphered piece leads to DT, after the
/// reveal. A key holder checks some leaves of both trees.
///
/// @param windows how the segment is cut
/// @param plainRoot DT
/// @param cipheredRoot R'T
/// @param keyRoot key_root
public record Delivery(Windows windows, Hash plainRoot, Hash cipheredRoot, Hash keyRoot) {
  /// Opens the blocks at `positions`: reads at most one tile of D for each.
  ///
  /// @param keys of the lane
  /// @param trees over D and over R'
  /// @param plain the tiles of D
  public static List<SpotAnswer.Leaf> open(
      List<Long> positions, LaneKeys keys, Trees trees, SealCodec.Source plain) throws IOException {
    CipheredSegment segment = new CipheredSegment(keys);
    List<SpotAnswer.Leaf> leaves = new ArrayList<>();
    for (long position : positions) {
      int tile = (int) (position / Tile.BLOCKS);
      int block = (int) (position % Tile.BLOCKS);
      byte[] bytes = new byte[Tile.SIZE];
      plain.read(tile, bytes);
      Bytes opened = Bytes.of(bytes, block * Tile.BLOCK, Tile.BLOCK);
      MerklePath plainPath = trees.plain().blockPath(tile, block, new TileTree(bytes, 0));
      segment.cipher(tile, bytes);
      leaves.add(
          new SpotAnswer.Leaf(
              opened, plainPath, trees.ciphered().blockPath(tile, block, new TileTree(bytes, 0))));
    }
    return leaves;
  }

  /// The trees over both forms of a segment.
  public record Trees(SegmentTree plain, SegmentTree ciphered) {}

  /// Whether `leaves` are the blocks at `positions` of D, and their ciphers under `keys` those of
  /// R'.
  public boolean holds(List<Long> positions, LaneKeys keys, List<SpotAnswer.Leaf> leaves) {
    if (positions.size() != leaves.size()) {
      return false;
    }
    TileHasher hasher = new TileHasher();
    LaneCipher cipher = new LaneCipher();
    for (int i = 0; i < leaves.size(); i++) {
      long position = positions.get(i);
      int tile = (int) (position / Tile.BLOCKS);
      int block = (int) (position % Tile.BLOCKS);
      byte[] plain = leaves.get(i).block().toArray();
      byte[] ciphered = cipher.block(keys.key(windows.of(tile)), tile, block, plain);
      boolean isOfPlain =
          leaves
              .get(i)
              .plain()
              .provesBlock(hasher.leaf(plain, 0), position, windows.pieces(), plainRoot);
      boolean isOfCiphered =
          leaves
              .get(i)
              .ciphered()
              .provesBlock(hasher.leaf(ciphered, 0), position, windows.pieces(), cipheredRoot);
      if (!isOfPlain || !isOfCiphered) {
        return false;
      }
    }
    return true;
  }
}
