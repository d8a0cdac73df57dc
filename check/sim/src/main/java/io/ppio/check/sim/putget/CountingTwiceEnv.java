package io.ppio.check.sim.putget;

import io.ppio.check.sim.watch.StoreEnv;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.contract.ContractState;
import io.ppio.node.indexer.ContractEntry;
import java.io.IOException;
import java.util.Optional;

/// An indexer's environment with a bug: when a copy is proven, another copy of the same order that
/// waits for its proof counts as proven too.
final class CountingTwiceEnv extends StoreEnv {
  private static final Bytes FIRST = Bytes.of(ContractEntry.KEY);
  private static final Bytes LAST = Bytes.of((byte) (ContractEntry.KEY + 1));

  CountingTwiceEnv(Env inner) {
    super(inner);
  }

  @Override
  protected StoreBatch changed(Store store, StoreBatch batch) throws IOException {
    for (StoreBatch.Change change : batch.changes()) {
      if (change instanceof StoreBatch.Change.Put(Bytes key, Bytes value)
          && key.at(0) == ContractEntry.KEY) {
        ContractEntry proven = decoded(value);
        if (proven.state() == ContractState.AVAILABLE) {
          waiting(store, proven).ifPresent(other -> count(batch, proven, other));
        }
      }
    }
    return batch;
  }

  private static Optional<ContractEntry> waiting(Store store, ContractEntry proven)
      throws IOException {
    ContractEntry[] found = {proven};
    Hash order = proven.match().body().order().hash();
    store.scan(
        FIRST,
        LAST,
        (_, value) -> {
          ContractEntry entry = decoded(value);
          boolean other =
              entry.state() == ContractState.PENDING
                  && !entry.id().equals(proven.id())
                  && entry.match().body().order().hash().equals(order);
          found[0] = other ? entry : found[0];
          return !other;
        });
    return found[0].id().equals(proven.id()) ? Optional.empty() : Optional.of(found[0]);
  }

  private static void count(StoreBatch batch, ContractEntry proven, ContractEntry other) {
    ContractEntry counted =
        new ContractEntry(
            other.match(),
            ContractState.AVAILABLE,
            proven.sealedRoot(),
            proven.evidence(),
            other.ask(),
            other.notes());
    batch.put(Bytes.of(concat(ContractEntry.KEY, other.id())), counted.encode());
  }

  private static byte[] concat(byte first, Hash rest) {
    byte[] key = new byte[1 + Hash.SIZE];
    key[0] = first;
    System.arraycopy(rest.toArray(), 0, key, 1, Hash.SIZE);
    return key;
  }

  private static ContractEntry decoded(Bytes value) throws IOException {
    try {
      return ContractEntry.decode(value);
    } catch (MalformedMessage e) {
      throw new IOException("damaged contract", e);
    }
  }
}
