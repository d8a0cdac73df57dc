package io.ppio.node.miner;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
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
final class CopyStore {
  private static final Bytes PREFIX = Bytes.of((byte) 'K');

  private final Store store;
  private final Monitor monitor;
  private final Map<Hash, CopyRecord> records = new LinkedHashMap<>();
  private final Map<Hash, Set<Hash>> bySegment = new HashMap<>();
  private final Map<Bytes, Hash> byUpload = new HashMap<>();

  CopyStore(Store store, Clock clock) throws IOException {
    this.store = store;
    this.monitor = new Monitor(clock);
    store.scanPrefix(
        PREFIX,
        (_, value) -> {
          try {
            remember(CopyRecord.decode(value));
            return true;
          } catch (MalformedMessage e) {
            throw new IOException("damaged record of a copy", e);
          }
        });
  }

  private static Bytes key(Hash contract) {
    return Bytes.of(new FixedWidth().u8('K').hash(contract).toArray());
  }

  private void remember(CopyRecord record) {
    records.put(record.id(), record);
    bySegment.computeIfAbsent(record.segment(), _ -> new HashSet<>()).add(record.id());
    byUpload.put(UploadService.uploadId(record.id()), record.id());
  }

  private void forget(Hash contract) {
    Optional<CopyRecord> found = Optional.ofNullable(records.remove(contract));
    if (found.isPresent()) {
      CopyRecord record = found.get();
      byUpload.remove(UploadService.uploadId(contract));
      Set<Hash> same = bySegment.getOrDefault(record.segment(), new HashSet<>());
      same.remove(contract);
      if (same.isEmpty()) {
        bySegment.remove(record.segment());
      }
    }
  }

  Optional<CopyRecord> find(Hash contract) {
    monitor.lock();
    try {
      return Optional.ofNullable(records.get(contract));
    } finally {
      monitor.unlock();
    }
  }

  /// The copy that was uploaded under `upload`.
  Optional<CopyRecord> uploaded(Bytes upload) {
    monitor.lock();
    try {
      return Optional.ofNullable(byUpload.get(upload)).map(records::get);
    } finally {
      monitor.unlock();
    }
  }

  /// A copy of `segment` whose bytes can be read here.
  Optional<CopyRecord> readable(Hash segment) {
    monitor.lock();
    try {
      return bySegment.getOrDefault(segment, Set.of()).stream()
          .map(records::get)
          .filter(CopyRecord::readable)
          .findFirst();
    } finally {
      monitor.unlock();
    }
  }

  List<CopyRecord> all() {
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
  CopyRecord add(CopyRecord record) throws IOException {
    boolean added =
        store.commit(
            new StoreBatch().expectAbsent(key(record.id())).put(key(record.id()), record.encode()),
            Durability.SYNCED);
    if (added) {
      rememberUnlessRemoved(record);
      return record;
    }
    Optional<Bytes> there = store.get(key(record.id()));
    if (there.isEmpty()) {
      throw new CopyGone(record.id());
    }
    try {
      return CopyRecord.decode(there.get());
    } catch (MalformedMessage e) {
      throw new IOException("damaged record of a copy", e);
    }
  }

  /// A removal may have come between the commit and this: the store decides.
  private void rememberUnlessRemoved(CopyRecord record) throws IOException {
    monitor.lock();
    try {
      remember(record);
    } finally {
      monitor.unlock();
    }
    forgetIfRemoved(record.id());
  }

  private boolean forgetIfRemoved(Hash contract) throws IOException {
    if (store.get(key(contract)).isPresent()) {
      return false;
    }
    monitor.lock();
    try {
      forget(contract);
    } finally {
      monitor.unlock();
    }
    return true;
  }

  /// Changes a copy; durable when this returns.
  ///
  /// @return the record afterwards; empty when there is none any more
  Optional<CopyRecord> update(Hash contract, UnaryOperator<CopyRecord> change) throws IOException {
    while (true) {
      Optional<CopyRecord> found = find(contract);
      if (found.isEmpty()) {
        return found;
      }
      CopyRecord after = change.apply(found.get());
      boolean done =
          store.commit(
              new StoreBatch()
                  .expect(key(contract), found.get().encode())
                  .put(key(contract), after.encode()),
              Durability.SYNCED);
      if (done) {
        rememberUnlessRemoved(after);
        return Optional.of(after);
      }
      if (forgetIfRemoved(contract)) {
        return Optional.empty();
      }
    }
  }

  /// Forgets a copy; durable when this returns.
  void remove(Hash contract) throws IOException {
    store.commit(new StoreBatch().delete(key(contract)), Durability.SYNCED);
    monitor.lock();
    try {
      forget(contract);
    } finally {
      monitor.unlock();
    }
  }
}
