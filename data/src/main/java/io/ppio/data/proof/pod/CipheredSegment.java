package io.ppio.data.proof.pod;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.seal.SealCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The ciphered form R' of a segment: computed piece by piece from its plain form, never stored.
/// Not safe for concurrent use: a lane's task owns it.
public final class CipheredSegment {
  private final LaneKeys keys;
  private final LaneCipher cipher = new LaneCipher();

  public CipheredSegment(LaneKeys keys) {
    this.keys = keys;
  }

  /// Ciphers `piece` in place.
  public void cipher(int piece, byte[] bytes) {
    cipher.piece(keys.key(keys.windows().of(piece)), piece, bytes, bytes);
  }

  /// The tree over R'; its root is R'T. Reads every tile of D once, costs one hash of the segment.
  ///
  /// @param plain the tiles of D
  public SegmentTree tree(SealCodec.Source plain) throws IOException {
    byte[] bytes = new byte[Tile.SIZE];
    TileHasher hasher = new TileHasher();
    List<Hash> roots = new ArrayList<>();
    for (int piece = 0; piece < keys.windows().pieces(); piece++) {
      plain.read(piece, bytes);
      cipher(piece, bytes);
      roots.add(hasher.root(bytes, 0));
    }
    return new SegmentTree(roots);
  }
}
