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
/// | `A` | order hash, u32 copy, contract id, while its place is to be filled again | nothing |
/// | `L` | u64 second, contract id, u8 effect | amount in wei, two's complement |
final class ContractKeys {
  private ContractKeys() {}

  private static FixedWidth key(char table) {
    return new FixedWidth().u8(table);
  }

  private static Bytes bytes(FixedWidth key) {
    return Bytes.of(key.toArray());
  }

  static Bytes contract(Hash id) {
    return bytes(key((char) ContractEntry.KEY).hash(id));
  }

  static Bytes order(Hash order, int copy) {
    return bytes(key('O').hash(order).u32(copy));
  }

  static Bytes segments(Hash segment) {
    return bytes(key('S').hash(segment));
  }

  static Bytes segment(Hash segment, Hash contract) {
    return bytes(key('S').hash(segment).hash(contract));
  }

  static Bytes batches(Bytes batch) {
    return bytes(key('B').bytes(batch));
  }

  static Bytes batch(Bytes batch, int copy, Hash order) {
    return bytes(key('B').bytes(batch).u32(copy).hash(order));
  }

  static Bytes events(Account miner, long after) {
    return bytes(key('E').bytes(miner.bytes()).u64(after));
  }

  static Bytes newestEvent(Account miner) {
    return bytes(key('e').bytes(miner.bytes()));
  }

  static Bytes waiting() {
    return bytes(key('P'));
  }

  static Bytes waiting(Hash contract) {
    return bytes(key('P').hash(contract));
  }

  /// Where the contracts begin that expire in `seconds` or later.
  static Bytes expiries(long seconds) {
    return bytes(key('X').u64(seconds));
  }

  static Bytes expiry(long seconds, Hash contract) {
    return bytes(key('X').u64(seconds).hash(contract));
  }

  static Bytes unanswered(Account miner) {
    return bytes(key('N').bytes(miner.bytes()));
  }

  static Bytes unanswered(Account miner, Hash contract) {
    return bytes(key('N').bytes(miner.bytes()).hash(contract));
  }

  /// Where the contracts are whose place, a copy of an order, is to be filled again.
  static Bytes vacancies(Hash order, int copy) {
    return bytes(key('A').hash(order).u32(copy));
  }

  static Bytes vacancy(Hash order, int copy, Hash contract) {
    return bytes(key('A').hash(order).u32(copy).hash(contract));
  }

  static Bytes settlements() {
    return bytes(key('L'));
  }

  static Bytes settlement(long seconds, Hash contract, int effect) {
    return bytes(key('L').u64(seconds).hash(contract).u8(effect));
  }
}
