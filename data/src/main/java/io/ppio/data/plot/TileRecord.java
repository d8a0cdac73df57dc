package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;

/// What the plot remembers about one tile. A tile without a record is EMPTY.
sealed interface TileRecord {
  /// What the tile is used for.
  TileState state();

  /// A tile of a durable segment.
  ///
  /// @param crc32c checksum of its 128 KiB
  /// @param rid the segment
  /// @param tile its place in the segment, from 0
  /// @param root its tile root
  record Held(int crc32c, Hash rid, int tile, Hash root) implements TileRecord {
    @Override
    public TileState state() {
      return TileState.DATA;
    }
  }

  /// A tile in any other state.
  record Other(TileState state) implements TileRecord {
    public Other {
      io.ppio.env.Check.that(state != TileState.DATA, "a data tile has content");
    }
  }
}
