package io.ppio.node.miner;

import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Fields;
import io.ppio.data.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.node.host.KeyRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The copies a miner holds. Keys: `K` and the contract id.
///
/// Kept in memory by contract and by segment as well: a full TiB of 16 MiB segments is 65,536
/// records of about a kilobyte. Changed durably first, then in memory. Safe for concurrent use.
final class ContractBook {
  private static final Bytes PREFIX = Bytes.of((byte) 'K');

  private final Store store;
  private final Monitor monitor;
  private final Map<Hash, ContractRecord> records = new LinkedHashMap<>();
  private final Map<Hash, Set<Hash>> bySegment = new HashMap<>();

  ContractBook(Store store, Clock clock) throws IOException {
    this.store = store;
    this.monitor = new Monitor(clock);
    store.scan(
        PREFIX,
        KeyRange.after(PREFIX),
        (_, value) -> {
          try {
            remember(ContractRecord.decode(value));
            return true;
          } catch (MalformedMessage e) {
            throw new IOException("damaged record of a copy", e);
          }
        });
  }

  private static Bytes key(Hash contract) {
    return Bytes.of(new Fields().u8('K').hash(contract).toArray());
  }

  private void remember(ContractRecord record) {
    records.put(record.id(), record);
    bySegment.computeIfAbsent(record.segment(), _ -> new HashSet<>()).add(record.id());
  }

  Optional<ContractRecord> find(Hash contract) {
    monitor.lock();
    try {
      return Optional.ofNullable(records.get(contract));
    } finally {
      monitor.unlock();
    }
  }

  /// A copy of `segment` whose bytes can be read here.
  Optional<ContractRecord> readable(Hash segment) {
    monitor.lock();
    try {
      return bySegment.getOrDefault(segment, Set.of()).stream()
          .map(records::get)
          .filter(ContractRecord::readable)
          .findFirst();
    } finally {
      monitor.unlock();
    }
  }

  List<ContractRecord> all() {
    monitor.lock();
    try {
      return new ArrayList<>(records.values());
    } finally {
      monitor.unlock();
    }
  }

  /// Adds a copy unless it is there; durable when this returns.
  ///
  /// @return the record that is there now
  ContractRecord add(ContractRecord record) throws IOException {
    boolean added =
        store.commit(
            new StoreBatch().expectAbsent(key(record.id())).put(key(record.id()), record.encode()),
            Durability.SYNCED);
    monitor.lock();
    try {
      if (added) {
        remember(record);
      }
      return java.util.Objects.requireNonNullElse(records.get(record.id()), record);
    } finally {
      monitor.unlock();
    }
  }

  /// Changes a copy; durable when this returns.
  ///
  /// @return the record afterwards; empty when there is none any more
  Optional<ContractRecord> update(Hash contract, UnaryOperator<ContractRecord> change)
      throws IOException {
    while (true) {
      Optional<ContractRecord> found = find(contract);
      if (found.isEmpty()) {
        return found;
      }
      ContractRecord after = change.apply(found.get());
      boolean done =
          store.commit(
              new StoreBatch()
                  .expect(key(contract), found.get().encode())
                  .put(key(contract), after.encode()),
              Durability.SYNCED);
      if (done) {
        monitor.lock();
        try {
          remember(after);
        } finally {
          monitor.unlock();
        }
        return Optional.of(after);
      }
      if (store.get(key(contract)).isEmpty()) {
        return Optional.empty();
      }
    }
  }

  /// Forgets a copy; durable when this returns.
  void remove(Hash contract) throws IOException {
    store.commit(new StoreBatch().delete(key(contract)), Durability.SYNCED);
    monitor.lock();
    try {
      ContractRecord record = records.remove(contract);
      if (record != null) {
        Set<Hash> same = bySegment.getOrDefault(record.segment(), new HashSet<>());
        same.remove(contract);
        if (same.isEmpty()) {
          bySegment.remove(record.segment());
        }
      }
    } finally {
      monitor.unlock();
    }
  }
}
