package io.ppio.node.miner;

import io.ppio.env.Clock;

/// What a miner keeps: the bytes of its copies, and the records of why it keeps them.
///
/// @param tiles the bytes in their unsealed form
record MinerStock(MinerStorage holdings, CopyStore book, PlainTiles tiles) {
  static MinerStock of(MinerStorage holdings, CopyStore book, Clock clock) {
    return new MinerStock(holdings, book, new PlainTiles(holdings, book, clock));
  }
}
