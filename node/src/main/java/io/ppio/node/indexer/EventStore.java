package io.ppio.node.indexer;

import io.ppio.crypto.canonical.Coded;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.indexing.IndexAnswer.Happened;
import io.ppio.incentive.indexing.IndexAnswer.Happened.What;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happens to the contracts of each miner, numbered for it from 1. Keys: [ContractKeys]. Safe
/// for concurrent use.
final class EventStore {
  private static final int ANSWER_MAX = 1000;

  private final Store store;
  private final Monitor monitor;

  EventStore(Store store, Clock clock) {
    this.store = store;
    this.monitor = new Monitor(clock);
  }

  /// Adds one event a contract to `batch`, which then holds only if no other event of these miners
  /// comes between. Call [#wake] once it is committed.
  void tell(StoreBatch batch, Map<ContractEntry, What> events) throws IOException {
    Map<Account, Long> numbers = new LinkedHashMap<>();
    for (Map.Entry<ContractEntry, What> event : events.entrySet()) {
      Account miner = event.getKey().miner().account();
      Long before = numbers.get(miner);
      long number = (before == null ? expectNewest(batch, miner) : before) + 1;
      numbers.put(miner, number);
      FixedWidth value = new FixedWidth().hash(event.getKey().id()).u8(event.getValue().code());
      batch.put(ContractKeys.events(miner, number), Bytes.of(value.toArray()));
    }
    numbers.forEach((miner, number) ->
        batch.put(
            ContractKeys.newestEvent(miner), Bytes.of(new FixedWidth().u64(number).toArray())));
  }

  private long expectNewest(StoreBatch batch, Account miner) throws IOException {
    Bytes key = ContractKeys.newestEvent(miner);
    Optional<Bytes> known = store.get(key);
    known.ifPresentOrElse(value -> batch.expect(key, value), () -> batch.expectAbsent(key));
    return number(known);
  }

  private static long number(Optional<Bytes> value) {
    return value.map(bytes -> bytes.buffer().getLong()).orElse(0L);
  }

  /// There are new events.
  void wake() {
    try (var _ = monitor.hold()) {
      monitor.signalAll();
    }
  }

  /// Events for a miner with numbers above `since`, waiting for one; at most 1,000.
  List<Happened> after(Account miner, long since) throws IOException, InterruptedException {
    try (var _ = monitor.hold()) {
      while (number(store.get(ContractKeys.newestEvent(miner))) <= since) {
        monitor.await();
      }
    }
    List<Happened> events = new ArrayList<>();
    store.scan(
        ContractKeys.events(miner, since + 1),
        ContractKeys.events(miner, Long.MAX_VALUE),
        (key, value) -> {
          events.add(event(key, value));
          return events.size() < ANSWER_MAX;
        });
    return events;
  }

  private static Happened event(Bytes key, Bytes value) throws IOException {
    try {
      return new Happened(
          key.slice(key.size() - Long.BYTES, key.size()).buffer().getLong(),
          new Hash(value.slice(0, Hash.SIZE)),
          Coded.of(What.values(), value.at(Hash.SIZE)));
    } catch (MalformedMessage e) {
      throw new IOException("damaged event", e);
    }
  }
}
