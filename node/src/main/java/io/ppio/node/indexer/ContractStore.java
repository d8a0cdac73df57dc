package io.ppio.node.indexer;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ContractState.Effect;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.indexing.IndexAnswer.Happened.What;
import io.ppio.node.indexer.ContractEntry.Change;
import io.ppio.node.indexer.SettlementStore.Settlement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The contracts an indexer has matched: its durable state, before a ledger the record of the
/// network.
///
/// Every change is one conditional batch with all that its effects change, so that calls that race
/// for a contract see each other and no effect is lost or comes twice; it is on the medium before
/// the method returns. Keys: [ContractKeys]. Safe for concurrent use.
final class ContractStore {
  private final Store store;
  private final Clock clock;
  private final EventStore events;
  private final SettlementStore settlements;
  private final Consumer<ContractEntry> changed;

  /// @param changed hears of every contract that was added or changed, once it is committed
  ContractStore(
      Store store,
      Clock clock,
      EventStore events,
      SettlementStore settlements,
      Consumer<ContractEntry> changed) {
    this.store = store;
    this.clock = clock;
    this.events = events;
    this.settlements = settlements;
    this.changed = changed;
  }

  Optional<ContractEntry> contract(Hash id) throws IOException {
    Optional<Bytes> value = store.get(ContractKeys.contract(id));
    return value.isEmpty() ? Optional.empty() : Optional.of(decoded(value.get()));
  }

  private static ContractEntry decoded(Bytes value) throws IOException {
    try {
      return ContractEntry.decode(value);
    } catch (MalformedMessage e) {
      throw new IOException("damaged contract", e);
    }
  }

  /// The newest generation of one copy of an order.
  Optional<ContractEntry> newest(Hash order, int copy) throws IOException {
    Optional<Bytes> id = store.get(ContractKeys.order(order, copy));
    return id.isEmpty() ? Optional.empty() : contract(new Hash(id.get()));
  }

  /// Whether the contract fell through and its place is to be filled again.
  boolean isVacant(ContractEntry entry) throws IOException {
    return store.get(vacancy(entry)).isPresent();
  }

  /// All contracts of a segment that are not over.
  List<ContractEntry> ofSegment(Hash segment) throws IOException {
    return known(ContractKeys.segments(segment), Integer.MAX_VALUE).stream()
        .filter(entry -> !entry.state().isFinal())
        .toList();
  }

  /// Contracts that wait for their proof.
  List<ContractEntry> waiting() throws IOException {
    return known(ContractKeys.waiting(), Integer.MAX_VALUE);
  }

  /// Contracts of a miner that are SUSPECT only because a reader had no answer.
  ///
  /// @param limit how many at most
  List<ContractEntry> unanswered(Account miner, int limit) throws IOException {
    return known(ContractKeys.unanswered(miner), limit);
  }

  /// Contracts whose `expire` is before `nowSeconds` and that are not over, the earliest first.
  ///
  /// @param limit how many at most
  List<ContractEntry> expired(long nowSeconds, int limit) throws IOException {
    Bytes first = ContractKeys.expiries(0);
    return known(first, ContractKeys.expiries(nowSeconds), first.size(), limit);
  }

  private List<ContractEntry> known(Bytes prefix, int limit) throws IOException {
    return known(prefix, prefix.afterPrefix(), prefix.size(), limit);
  }

  /// Contracts whose ids follow at `idAt` in the keys of a range.
  private List<ContractEntry> known(Bytes from, Bytes to, int idAt, int limit) throws IOException {
    List<Hash> ids = new ArrayList<>();
    store.scan(
        from,
        to,
        (key, _) -> {
          ids.add(new Hash(key.slice(idAt, idAt + Hash.SIZE)));
          return ids.size() < limit;
        });
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
  /// @param replaced contracts of earlier generations; those that still wait end with this
  /// @return whether nobody matched one of the copies meanwhile
  boolean add(Bytes batch, List<ContractEntry> fresh, List<ContractEntry> replaced)
      throws IOException {
    Commit commit = new Commit();
    Map<Bytes, ContractEntry> before = new HashMap<>();
    replaced.forEach(entry -> before.put(newestKey(entry), entry));
    long now = clock.wallMillis() / 1000;
    for (ContractEntry entry : fresh) {
      Optional<ContractEntry> ends = Optional.ofNullable(before.get(newestKey(entry)));
      commit.add(batch, entry.matched(now), ends);
    }
    for (ContractEntry entry : replaced) {
      commit.change(entry, entry.on(new Event.Unproven()));
    }
    return commit.run();
  }

  /// Replaces a contract by what `change` makes of it, tried again when another call was faster,
  /// and does what its effects say.
  ///
  /// @return the entry afterwards; empty if there is no such contract
  Optional<ContractEntry> update(Hash id, Function<ContractEntry, Change> change)
      throws IOException {
    while (true) {
      Optional<ContractEntry> before = contract(id);
      if (before.isEmpty()) {
        return before;
      }
      Change after = change.apply(before.get());
      Commit commit = new Commit();
      commit.change(before.get(), after);
      if (commit.run()) {
        return Optional.of(after.entry());
      }
    }
  }

  /// The copy of `proven` has its proof: the contracts that had its place before and fell through
  /// are replaced. A proof of a contract that is over by now fills nothing.
  void filled(ContractEntry proven) throws IOException {
    if (contract(proven.id()).filter(it -> it.state() == ContractState.AVAILABLE).isEmpty()) {
      return;
    }
    Bytes place = ContractKeys.vacancies(proven.order().hash(), proven.copy());
    for (ContractEntry before : known(place, Integer.MAX_VALUE)) {
      if (!before.id().equals(proven.id())) {
        update(before.id(), entry -> entry.on(new Event.Replaced()));
        store.commit(new StoreBatch().delete(vacancy(before)), Durability.UNSYNCED);
      }
    }
  }

  private static Bytes newestKey(ContractEntry entry) {
    return ContractKeys.order(entry.order().hash(), entry.copy());
  }

  private static Bytes vacancy(ContractEntry entry) {
    return ContractKeys.vacancy(entry.order().hash(), entry.copy(), entry.id());
  }

  /// One commit: contracts with their indexes, and what their effects change. Owned by one call.
  private final class Commit {
    private final StoreBatch batch = new StoreBatch();
    private final List<ContractEntry> entries = new ArrayList<>();
    private final Map<ContractEntry, What> told = new LinkedHashMap<>();
    private final List<Settlement> due = new ArrayList<>();

    void add(Bytes group, ContractEntry entry, Optional<ContractEntry> before) {
      Bytes newest = newestKey(entry);
      before.ifPresentOrElse(
          ends -> batch.expect(newest, ends.id().bytes()), () -> batch.expectAbsent(newest));
      Hash order = entry.order().hash();
      Content content = entry.content();
      batch
          .put(newest, entry.id().bytes())
          .put(ContractKeys.contract(entry.id()), entry.encode())
          .put(ContractKeys.expiry(entry.order().terms().expireSeconds(), entry.id()), Bytes.EMPTY)
          .put(ContractKeys.segment(content.segment(), entry.id()), Bytes.EMPTY)
          .put(ContractKeys.waiting(entry.id()), Bytes.EMPTY)
          .put(ContractKeys.batch(group, entry.copy(), order), entry.miner().account().bytes());
      entries.add(entry);
    }

    void change(ContractEntry before, Change change) {
      ContractEntry after = change.entry();
      if (after.equals(before)) {
        return;
      }
      batch
          .expect(ContractKeys.contract(before.id()), before.encode())
          .put(ContractKeys.contract(after.id()), after.encode());
      if (after.state() != ContractState.PENDING) {
        batch.delete(ContractKeys.waiting(after.id()));
      }
      if (after.state().isFinal()) {
        batch
            .delete(ContractKeys.expiry(after.order().terms().expireSeconds(), after.id()))
            .delete(ContractKeys.segment(after.content().segment(), after.id()))
            .delete(vacancy(after));
      }
      Bytes unanswered = ContractKeys.unanswered(after.miner().account(), after.id());
      if (after.unanswered()) {
        batch.put(unanswered, Bytes.EMPTY);
      } else if (before.unanswered()) {
        batch.delete(unanswered);
      }
      entries.add(after);
      change.effects().forEach(effect -> execute(effect, after));
    }

    private void execute(Effect effect, ContractEntry entry) {
      switch (effect) {
        case DROP_COPY -> told.put(entry, expired(entry.state()) ? What.EXPIRED : What.DROP);
        case PLACE_AGAIN -> batch.put(vacancy(entry), Bytes.EMPTY);
        case RETURN_PREPAID, SERVICE_TO_MINER, SERVICE_TO_USER, SETTLE ->
            due.add(settlements.record(batch, entry, effect));
      }
    }

    private static boolean expired(ContractState state) {
      return state == ContractState.EXPIRED || state == ContractState.ENDED;
    }

    /// Whether nobody changed one of the contracts meanwhile.
    boolean run() throws IOException {
      if (batch.isEmpty()) {
        return true;
      }
      events.tell(batch, told);
      if (!store.commit(batch, Durability.SYNCED)) {
        return false;
      }
      settlements.done(due);
      if (!told.isEmpty()) {
        events.wake();
      }
      entries.forEach(changed);
      return true;
    }
  }
}
