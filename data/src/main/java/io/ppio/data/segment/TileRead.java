package io.ppio.data.segment;

import io.ppio.crypto.hash.Hash;

/// What became of reading a tile. Damage is an answer, not an exception: the reader decides whether
/// to repair, to serve from elsewhere, or to report itself.
public sealed interface TileRead {
  /// The target holds the tile as it was written.
  ///
  /// @param root the tile root it was stored with
  record Intact(Hash root) implements TileRead {}

  /// The disk gave other bytes than were written.
  ///
  /// @param index where: tile of the plot, or of the staged segment
  record Damaged(int index) implements TileRead {}

  /// The disk gave no bytes.
  ///
  /// @param index where: tile of the plot, or of the staged segment
  /// @param reason what the system said
  record Unreadable(int index, String reason) implements TileRead {}

  /// There is no such segment here, or it has no such tile.
  record Absent() implements TileRead {}
}
