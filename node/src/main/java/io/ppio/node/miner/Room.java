package io.ppio.node.miner;

import io.ppio.data.hash.Hash;
import io.ppio.data.plot.Upload;
import io.ppio.physical.disk.TileFile;

/// How many tiles a miner may still promise: what is staged, or on its way, will need its place in
/// the plot too. Safe for concurrent use.
final class Room {
  private final Holdings holdings;
  private final ContractBook book;

  Room(Holdings holdings, ContractBook book) {
    this.holdings = holdings;
    this.book = book;
  }

  /// Tiles that could be taken now: those the plot has left, and staging has room for.
  long freeTiles() {
    long staging = holdings.quota().free() / TileFile.TILE_BYTES;
    return Math.max(0, Math.min(inPlot(), staging));
  }

  private long inPlot() {
    long promised = 0;
    for (Upload upload : holdings.staging().uploads()) {
      boolean sealed =
          book.find(new Hash(upload.id()))
              .filter(record -> !record.rid().equals(Hash.ZERO))
              .isPresent();
      promised += sealed ? 0 : upload.tiles();
    }
    return holdings.emptyTiles() - promised;
  }

  /// Whether the plot will have a place for a copy of so many tiles; true for one under way.
  boolean has(Hash contract, int tiles) {
    return holdings.staged(contract).isPresent() || tiles <= inPlot();
  }
}
