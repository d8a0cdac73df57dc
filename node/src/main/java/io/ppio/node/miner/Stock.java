package io.ppio.node.miner;

import io.ppio.env.Clock;

/// What a miner keeps: the bytes of its copies, and the records of why it keeps them.
///
/// @param tiles the bytes in their unsealed form
record Stock(Holdings holdings, ContractBook book, PlainTiles tiles) {
  static Stock of(Holdings holdings, ContractBook book, Clock clock) {
    return new Stock(holdings, book, new PlainTiles(holdings, book, clock));
  }
}
