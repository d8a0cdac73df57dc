package io.ppio.node.indexer;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import io.ppio.incentive.indexing.IndexAnswer.Happened;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The contracts an indexer has matched: its durable state, before a ledger the record of the
/// network.
///
/// Every change is one conditional batch, so that calls that race for a contract see each other; it
/// is on the medium before the method returns. Keys: [ContractKeys]. Safe for concurrent use.
final class ContractStore {
  private final Store store;
  private final Clock clock;
  private final Monitor monitor;

  ContractStore(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.monitor = new Monitor(clock);
  }

  Optional<ContractEntry> contract(Hash id) throws IOException {
    Optional<Bytes> value = store.get(ContractKeys.contract(id));
    return value.isEmpty() ? Optional.empty() : Optional.of(decoded(value.get()));
  }

  /// The newest generation of one copy of an order.
  Optional<ContractEntry> newest(Hash order, int copy) throws IOException {
    Optional<Bytes> id = store.get(ContractKeys.order(order, copy));
    return id.isEmpty() ? Optional.empty() : contract(new Hash(id.get()));
  }

  /// All contracts of a segment that are not over.
  List<ContractEntry> ofSegment(Hash segment) throws IOException {
    List<ContractEntry> entries = new ArrayList<>();
    for (Bytes key : keys(ContractKeys.segments(segment))) {
      contract(new Hash(key.slice(1 + Hash.SIZE, 1 + 2 * Hash.SIZE)))
          .filter(entry -> !entry.state().isFinal())
          .ifPresent(entries::add);
    }
    return entries;
  }

  /// Contracts that wait for their proof.
  List<ContractEntry> waiting() throws IOException {
    List<ContractEntry> entries = new ArrayList<>();
    for (Bytes key : keys(ContractKeys.waiting())) {
      contract(new Hash(key.slice(1, 1 + Hash.SIZE))).ifPresent(entries::add);
    }
    return entries;
  }

  /// Contracts whose `expire` is before `nowSeconds` and that are not over, the earliest first.
  ///
  /// @param limit how many at most
  List<ContractEntry> expired(long nowSeconds, int limit) throws IOException {
    Bytes first = ContractKeys.expiries(0);
    int idAt = first.size();
    List<Hash> ids = new ArrayList<>();
    store.scan(
        first,
        ContractKeys.expiries(nowSeconds),
        (key, _) -> {
          ids.add(new Hash(key.slice(idAt, idAt + Hash.SIZE)));
          return ids.size() < limit;
        });
    return known(ids);
  }

  /// Contracts of a miner that are SUSPECT only because a reader had no answer.
  ///
  /// @param limit how many at most
  List<ContractEntry> unanswered(Account miner, int limit) throws IOException {
    Bytes prefix = ContractKeys.unanswered(miner);
    List<Hash> ids = new ArrayList<>();
    store.scanPrefix(
        prefix,
        (key, _) -> {
          ids.add(new Hash(key.slice(prefix.size(), prefix.size() + Hash.SIZE)));
          return ids.size() < limit;
        });
    return known(ids);
  }

  private List<ContractEntry> known(List<Hash> ids) throws IOException {
    List<ContractEntry> entries = new ArrayList<>();
    for (Hash id : ids) {
      contract(id).ifPresent(entries::add);
    }
    return entries;
  }

  /// Which miner holds which segments of a batch, by copy: `copy → miner → number of segments`.
  Map<Integer, Map<Account, Integer>> batch(Bytes batch) throws IOException {
    Map<Integer, Map<Account, Integer>> holders = new HashMap<>();
    Bytes prefix = ContractKeys.batches(batch);
    store.scanPrefix(
        prefix,
        (key, value) -> {
          int copy = key.slice(prefix.size(), prefix.size() + 4).buffer().getInt();
          try {
            holders
                .computeIfAbsent(copy, _ -> new HashMap<>())
                .merge(Account.decode(value.toArray()), 1, Integer::sum);
          } catch (MalformedMessage e) {
            throw new IOException("damaged batch entry", e);
          }
          return true;
        });
    return holders;
  }

  /// Adds the matches of one copy each; all or none.
  ///
  /// @param replaced contracts of earlier generations that end with this
  /// @return whether nobody matched one of the copies meanwhile
  boolean add(Bytes batch, List<ContractEntry> fresh, List<ContractEntry> replaced)
      throws IOException {
    StoreBatch changes = new StoreBatch();
    Map<Hash, ContractEntry> ends = new HashMap<>();
    replaced.forEach(entry -> ends.put(orderCopy(entry), entry));
    long now = clock.wallMillis() / 1000;
    for (ContractEntry entry : fresh) {
      Match match = entry.match().body();
      Bytes newest = ContractKeys.order(match.order().hash(), match.copy());
      ContractEntry before = ends.get(orderCopy(entry));
      if (before == null) {
        changes.expectAbsent(newest);
      } else {
        changes.expect(newest, before.id().bytes());
      }
      changes
          .put(newest, entry.id().bytes())
          .put(ContractKeys.contract(entry.id()), entry.noting(entry.notes().matched(now)).encode())
          .put(ContractKeys.expiry(match.order().terms().expireSeconds(), entry.id()), Bytes.EMPTY)
          .put(ContractKeys.segment(match.order().content().segment(), entry.id()), Bytes.EMPTY)
          .put(ContractKeys.waiting(entry.id()), Bytes.EMPTY)
          .put(
              ContractKeys.batch(batch, match.copy(), match.order().hash()),
              match.miner().account().bytes());
    }
    monitor.lock();
    try {
      for (ContractEntry entry : replaced) {
        changes
            .expect(ContractKeys.contract(entry.id()), entry.encode())
            .put(ContractKeys.contract(entry.id()), entry.in(ContractState.CANCELLED).encode())
            .delete(ContractKeys.waiting(entry.id()));
        forget(changes, entry);
        tell(changes, entry, Happened.What.DROP);
      }
      boolean done = store.commit(changes, Durability.SYNCED);
      monitor.signalAll();
      return done;
    } finally {
      monitor.unlock();
    }
  }

  private static Hash orderCopy(ContractEntry entry) {
    Match match = entry.match().body();
    return Hash.tagged("order-copy", new FixedWidth().hash(match.order().hash()).u32(match.copy()));
  }

  /// Replaces a contract by what `change` makes of it; tries again when another call was faster.
  ///
  /// @return the entry afterwards; empty if there is no such contract
  Optional<ContractEntry> update(Hash id, UnaryOperator<ContractEntry> change) throws IOException {
    while (true) {
      Optional<ContractEntry> found = contract(id);
      if (found.isEmpty()) {
        return found;
      }
      ContractEntry before = found.get();
      ContractEntry after = change.apply(before);
      if (after.equals(before) || commit(before, after)) {
        return Optional.of(after);
      }
    }
  }

  private boolean commit(ContractEntry before, ContractEntry after) throws IOException {
    StoreBatch changes =
        new StoreBatch()
            .expect(ContractKeys.contract(before.id()), before.encode())
            .put(ContractKeys.contract(after.id()), after.encode());
    if (after.state() != ContractState.PENDING) {
      changes.delete(ContractKeys.waiting(after.id()));
    }
    if (after.state().isFinal()) {
      forget(changes, after);
    }
    Bytes unanswered = ContractKeys.unanswered(after.match().body().miner().account(), after.id());
    if (isUnanswered(after)) {
      changes.put(unanswered, Bytes.EMPTY);
    } else if (isUnanswered(before)) {
      changes.delete(unanswered);
    }
    boolean over = after.state().isFinal() || after.state() == ContractState.EXPIRED;
    boolean wasOver = before.state().isFinal() || before.state() == ContractState.EXPIRED;
    monitor.lock();
    try {
      if (over && !wasOver) {
        boolean expired =
            after.state() == ContractState.EXPIRED || after.state() == ContractState.ENDED;
        tell(changes, after, expired ? Happened.What.EXPIRED : Happened.What.DROP);
      }
      boolean done = store.commit(changes, Durability.SYNCED);
      monitor.signalAll();
      return done;
    } finally {
      monitor.unlock();
    }
  }

  private static boolean isUnanswered(ContractEntry entry) {
    return entry.state() == ContractState.SUSPECT
        && entry.notes().trouble().filter(Trouble.NO_ANSWER::equals).isPresent();
  }

  /// Takes a contract that is over out of the lists of those that are not.
  private static void forget(StoreBatch changes, ContractEntry entry) {
    SegmentOrder order = entry.match().body().order();
    changes
        .delete(ContractKeys.expiry(order.terms().expireSeconds(), entry.id()))
        .delete(ContractKeys.segment(order.content().segment(), entry.id()));
  }

  /// Numbers an event for the contract's miner; the monitor keeps two from taking one number.
  private void tell(StoreBatch changes, ContractEntry entry, Happened.What what)
      throws IOException {
    Account miner = entry.match().body().miner().account();
    long number = pendingNumber(changes, miner) + 1;
    changes
        .put(
            ContractKeys.events(miner, number),
            Bytes.of(new FixedWidth().hash(entry.id()).u8(what.code()).toArray()))
        .put(ContractKeys.newestEvent(miner), Bytes.of(new FixedWidth().u64(number).toArray()));
  }

  private long pendingNumber(StoreBatch changes, Account miner) throws IOException {
    Bytes key = ContractKeys.newestEvent(miner);
    long newest = newestEvent(miner);
    for (StoreBatch.Change change : changes.changes()) {
      if (change instanceof StoreBatch.Change.Put(Bytes at, Bytes value) && at.equals(key)) {
        newest = ByteBuffer.wrap(value.toArray()).getLong();
      }
    }
    return newest;
  }

  private long newestEvent(Account miner) throws IOException {
    return store
        .get(ContractKeys.newestEvent(miner))
        .map(value -> ByteBuffer.wrap(value.toArray()).getLong())
        .orElse(0L);
  }

  /// Events for a miner with numbers above `since`, waiting for one; at most 1,000.
  List<Happened> events(Account miner, long since) throws IOException, InterruptedException {
    monitor.lock();
    try {
      while (newestEvent(miner) <= since) {
        monitor.await();
      }
    } finally {
      monitor.unlock();
    }
    List<Happened> events = new ArrayList<>();
    store.scan(
        ContractKeys.events(miner, since + 1),
        ContractKeys.events(miner, Long.MAX_VALUE),
        (key, value) -> {
          long number = key.slice(key.size() - 8, key.size()).buffer().getLong();
          Happened.What what =
              value.at(Hash.SIZE) == Happened.What.EXPIRED.code()
                  ? Happened.What.EXPIRED
                  : Happened.What.DROP;
          events.add(new Happened(number, new Hash(value.slice(0, Hash.SIZE)), what));
          return events.size() < 1000;
        });
    return events;
  }

  /// How many contracts there are in each state that is shown to operators.
  Map<ContractState, Long> counts() throws IOException {
    Map<ContractState, Long> counts = new java.util.EnumMap<>(ContractState.class);
    Bytes prefix = Bytes.of((byte) 'C');
    store.scanPrefix(
        prefix,
        (_, value) -> {
          counts.merge(decoded(value).state(), 1L, Long::sum);
          return true;
        });
    return counts;
  }

  private List<Bytes> keys(Bytes prefix) throws IOException {
    List<Bytes> keys = new ArrayList<>();
    store.scanPrefix(prefix, (key, _) -> keys.add(key));
    return keys;
  }

  private static ContractEntry decoded(Bytes value) throws IOException {
    try {
      return ContractEntry.decode(value);
    } catch (MalformedMessage e) {
      throw new IOException("damaged contract", e);
    }
  }

  /// What the newest evidence is worth against what is known: acks never take a certificate back.
  static boolean isNewer(Evidence shown, Evidence known) {
    return shown.code() > known.code();
  }
}
