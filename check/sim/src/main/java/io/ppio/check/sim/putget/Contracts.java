package io.ppio.check.sim.putget;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Store.Durability;
import io.ppio.incentive.contract.Match;
import io.ppio.node.indexer.ContractEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The contracts as they are in the indexer's store.
final class Contracts {
  /// Hears of every change.
  @FunctionalInterface
  interface Listener {
    void changed(ContractEntry entry);
  }

  private final Map<Hash, ContractEntry> entries = new LinkedHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /// The indexer's store has `value` under `key`.
  void has(Bytes key, Bytes value, Durability durability) {
    if (durability != Durability.SYNCED
        || key.size() != 1 + Hash.SIZE
        || key.at(0) != ContractEntry.KEY) {
      return;
    }
    try {
      ContractEntry entry = ContractEntry.decode(value);
      entries.put(entry.id(), entry);
      listeners.forEach(listener -> listener.changed(entry));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("the indexer keeps a contract that cannot be read", e);
    }
  }

  /// All contracts in the order in which they were made.
  Collection<ContractEntry> all() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /// Those of one copy of one order, which differ by generation.
  record Copy(Hash order, int number) {
    static Copy of(ContractEntry entry) {
      Match match = entry.match().body();
      return new Copy(match.order().hash(), match.copy());
    }
  }

  /// The newest generation of each copy.
  Map<Copy, ContractEntry> newest() {
    Map<Copy, ContractEntry> newest = new LinkedHashMap<>();
    for (ContractEntry entry : entries.values()) {
      newest.merge(
          Copy.of(entry),
          entry,
          (a, b) -> a.match().body().generation() > b.match().body().generation() ? a : b);
    }
    return newest;
  }
}
