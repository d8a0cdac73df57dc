package io.ppio.node.indexer;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.contract.ContractState.Effect;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.market.Tariff;
import io.ppio.incentive.market.Term;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What a ledger would be told about money (incentive specification 6), for as long as there is
/// none: nobody is paid by it. The newest [#KEPT] are on the medium, in the commit that made them
/// due. Keys: [ContractKeys]. Safe for concurrent use.
final class SettlementStore {
  /// Settlements kept; the oldest leave first.
  static final int KEPT = 10_000;

  private static final int SHOWN = 10;

  private final Store store;
  private final Clock clock;
  private final Tariff tariff;
  private final Monitor monitor;
  private final Counters<IndexerCounter> counters;
  private final ArrayDeque<Settlement> newest = new ArrayDeque<>();
  private long kept;

  /// One thing to be settled.
  ///
  /// @param wei what changes hands; of a [Effect#SETTLE] what goes back to the user
  record Settlement(long seconds, Hash contract, Effect effect, BigInteger wei) {
    @Override
    public String toString() {
      return "%s %s %s wei, contract %s"
          .formatted(Instant.ofEpochSecond(seconds), effect, wei, contract.hex());
    }
  }

  /// @param counters what is kept from before, and what comes, counts there
  SettlementStore(Store store, Clock clock, Tariff tariff, Counters<IndexerCounter> counters)
      throws IOException {
    this.store = store;
    this.clock = clock;
    this.tariff = tariff;
    this.counters = counters;
    this.monitor = new Monitor(clock);
    store.scanPrefix(
        ContractKeys.settlements(),
        (key, value) -> {
          count(decoded(key, value));
          return true;
        });
  }

  /// Adds to `batch` what `effect` means for a contract. Call [#done] once it is committed.
  Settlement record(StoreBatch batch, ContractEntry entry, Effect effect) {
    long now = clock.wallMillis() / 1000;
    Settlement settlement = new Settlement(now, entry.id(), effect, wei(entry, effect, now));
    batch.put(
        ContractKeys.settlement(now, entry.id(), effect.code()),
        Bytes.of(settlement.wei().toByteArray()));
    return settlement;
  }

  private BigInteger wei(ContractEntry entry, Effect effect, long now) {
    SegmentOrder order = entry.order();
    long bytes = order.content().sizeBytes();
    Term term = new Term(order.terms().beginSeconds(), order.terms().expireSeconds());
    BigInteger chi =
        switch (effect) {
          case RETURN_PREPAID -> tariff.put(bytes, 1, term).miner();
          case SERVICE_TO_MINER, SERVICE_TO_USER -> tariff.put(bytes, 1, term).service();
          case SETTLE -> tariff.refund(bytes, term, now, BigInteger.ZERO);
          case DROP_COPY, PLACE_AGAIN -> throw new IllegalArgumentException("no money: " + effect);
        };
    return chi.multiply(order.terms().chiprice());
  }

  private static IndexerCounter counter(Effect effect) {
    return switch (effect) {
      case RETURN_PREPAID -> IndexerCounter.PREPAID_RETURNED;
      case SERVICE_TO_MINER -> IndexerCounter.SERVICE_TO_MINER;
      case SERVICE_TO_USER -> IndexerCounter.SERVICE_TO_USER;
      case SETTLE -> IndexerCounter.SETTLED;
      case DROP_COPY, PLACE_AGAIN -> throw new IllegalArgumentException("no money: " + effect);
    };
  }

  /// `settlements` are committed.
  void done(List<Settlement> settlements) {
    try (var _ = monitor.hold()) {
      settlements.forEach(this::count);
    }
  }

  private void count(Settlement settlement) {
    kept++;
    counters.count(counter(settlement.effect()));
    newest.addLast(settlement);
    if (newest.size() > SHOWN) {
      newest.removeFirst();
    }
  }

  /// Forgets the oldest beyond [#KEPT].
  void trim() throws IOException {
    long tooMany;
    try (var _ = monitor.hold()) {
      tooMany = kept - KEPT;
    }
    if (tooMany > 0) {
      List<Bytes> oldest = new ArrayList<>();
      store.scanPrefix(
          ContractKeys.settlements(),
          (key, _) -> {
            oldest.add(key);
            return oldest.size() < tooMany;
          });
      StoreBatch batch = new StoreBatch();
      oldest.forEach(batch::delete);
      store.commit(batch, Durability.UNSYNCED);
      try (var _ = monitor.hold()) {
        kept -= oldest.size();
      }
    }
  }

  /// The newest, the oldest of them first.
  List<Settlement> newest() {
    try (var _ = monitor.hold()) {
      return List.copyOf(newest);
    }
  }

  private static Settlement decoded(Bytes key, Bytes value) throws IOException {
    try {
      int id = 1 + Long.BYTES;
      return new Settlement(
          key.slice(1, id).buffer().getLong(),
          new Hash(key.slice(id, id + Hash.SIZE)),
          Coded.of(Effect.values(), key.at(id + Hash.SIZE)),
          new BigInteger(value.toArray()));
    } catch (MalformedMessage e) {
      throw new IOException("damaged settlement", e);
    }
  }
}
