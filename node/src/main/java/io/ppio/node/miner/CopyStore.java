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
import io.ppio.network.transfer.PutOpen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    byUpload.put(PutOpen.uploadId(record.id()), record.id());
  }

  private void forget(Hash contract) {
    Optional<CopyRecord> found = Optional.ofNullable(records.remove(contract));
    if (found.isPresent()) {
      CopyRecord record = found.get();
      byUpload.remove(PutOpen.uploadId(contract));
      Set<Hash> same = bySegment.getOrDefault(record.segment(), new HashSet<>());
      same.remove(contract);
      if (same.isEmpty()) {
        bySegment.remove(record.segment());
      }
    }
  }

  Optional<CopyRecord> find(Hash contract) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(records.get(contract));
    }
  }

  /// The copy that was uploaded under `upload`.
  Optional<CopyRecord> uploaded(Bytes upload) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(byUpload.get(upload)).map(records::get);
    }
  }

  /// A copy of `segment` whose bytes can be read here.
  Optional<CopyRecord> readable(Hash segment) {
    try (var _ = monitor.hold()) {
      return bySegment.getOrDefault(segment, Set.of()).stream()
          .map(records::get)
          .filter(record -> record.state().readable())
          .findFirst();
    }
  }

  List<CopyRecord> all() {
    try (var _ = monitor.hold()) {
      return new ArrayList<>(records.values());
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
      throw new IOException("copy " + record.id() + " was given up while it was staged");
    }
    try {
      return CopyRecord.decode(there.get());
    } catch (MalformedMessage e) {
      throw new IOException("damaged record of a copy", e);
    }
  }

  /// A removal may have come between the commit and this: the store decides.
  private void rememberUnlessRemoved(CopyRecord record) throws IOException {
    try (var _ = monitor.hold()) {
      remember(record);
    }
    forgetIfRemoved(record.id());
  }

  private boolean forgetIfRemoved(Hash contract) throws IOException {
    if (store.get(key(contract)).isPresent()) {
      return false;
    }
    try (var _ = monitor.hold()) {
      forget(contract);
    }
    return true;
  }

  /// A copy after a step, and what is to be done.
  record Happened(CopyRecord copy, List<CopyState.Effect> effects) {}

  /// Lets `event` happen to a copy; where that changes its state, the change is durable when this
  /// returns.
  ///
  /// @return where it is now; empty when there is no such copy any more
  Optional<Happened> happen(Hash contract, CopyState.Event event) throws IOException {
    for (int attempt = 0; attempt < Store.ATTEMPTS_MAX; attempt++) {
      Optional<CopyRecord> found = find(contract);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      CopyRecord before = found.get();
      CopyState.Step step = before.state().on(event);
      if (step.next().equals(before.state())) {
        return Optional.of(new Happened(before, step.effects()));
      }
      CopyRecord after = before.in(step.next());
      StoreBatch batch =
          new StoreBatch()
              .expect(key(contract), before.encode())
              .put(key(contract), after.encode());
      if (store.commit(batch, Durability.SYNCED)) {
        rememberUnlessRemoved(after);
        return Optional.of(new Happened(after, step.effects()));
      }
      if (forgetIfRemoved(contract)) {
        return Optional.empty();
      }
    }
    throw new IOException("the record of copy " + contract + " does not stay as it was read");
  }

  /// Forgets a copy; durable when this returns.
  void remove(Hash contract) throws IOException {
    store.commit(new StoreBatch().delete(key(contract)), Durability.SYNCED);
    try (var _ = monitor.hold()) {
      forget(contract);
    }
  }
}
