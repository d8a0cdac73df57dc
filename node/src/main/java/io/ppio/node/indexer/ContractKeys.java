package io.ppio.node.indexer;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;

/// Keys of the indexer's store.
///
/// | first byte | rest | value |
/// |---|---|---|
/// | `C` | contract id | [ContractEntry] |
/// | `O` | order hash, u32 copy | contract id of the newest generation |
/// | `S` | chunk hash, contract id, while it is not over | nothing |
/// | `B` | batch id, u32 copy, order hash | miner's account |
/// | `E` | miner's account, u64 number | contract id, u8 what happened |
/// | `e` | miner's account | u64 number of its newest event |
/// | `P` | contract id, while it waits for its proof | nothing |
/// | `X` | u64 second in which it expires, contract id, while it is not over | nothing |
/// | `N` | miner's account, contract id, while a reader had no answer | nothing |
final class ContractKeys {
  private ContractKeys() {}

  static Bytes contract(Hash id) {
    return Bytes.of(new FixedWidth().u8('C').hash(id).toArray());
  }

  static Bytes order(Hash order, int copy) {
    return Bytes.of(new FixedWidth().u8('O').hash(order).u32(copy).toArray());
  }

  static Bytes segments(Hash segment) {
    return Bytes.of(new FixedWidth().u8('S').hash(segment).toArray());
  }

  static Bytes segment(Hash segment, Hash contract) {
    return Bytes.of(new FixedWidth().u8('S').hash(segment).hash(contract).toArray());
  }

  static Bytes batches(Bytes batch) {
    return Bytes.of(new FixedWidth().u8('B').bytes(batch).toArray());
  }

  static Bytes batch(Bytes batch, int copy, Hash order) {
    return Bytes.of(new FixedWidth().u8('B').bytes(batch).u32(copy).hash(order).toArray());
  }

  static Bytes events(Account miner, long after) {
    return Bytes.of(new FixedWidth().u8('E').bytes(miner.bytes()).u64(after).toArray());
  }

  static Bytes newestEvent(Account miner) {
    return Bytes.of(new FixedWidth().u8('e').bytes(miner.bytes()).toArray());
  }

  static Bytes waiting() {
    return Bytes.of((byte) 'P');
  }

  static Bytes waiting(Hash contract) {
    return Bytes.of(new FixedWidth().u8('P').hash(contract).toArray());
  }

  /// Where the contracts begin that expire in `seconds` or later.
  static Bytes expiries(long seconds) {
    return Bytes.of(new FixedWidth().u8('X').u64(seconds).toArray());
  }

  static Bytes expiry(long seconds, Hash contract) {
    return Bytes.of(new FixedWidth().u8('X').u64(seconds).hash(contract).toArray());
  }

  static Bytes unanswered(Account miner) {
    return Bytes.of(new FixedWidth().u8('N').bytes(miner.bytes()).toArray());
  }

  static Bytes unanswered(Account miner, Hash contract) {
    return Bytes.of(new FixedWidth().u8('N').bytes(miner.bytes()).hash(contract).toArray());
  }
}
