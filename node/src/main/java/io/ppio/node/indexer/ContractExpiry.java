package io.ppio.node.indexer;

import io.ppio.crypto.identity.Account;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.node.indexer.ContractEntry.Change;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What time does to contracts: ends those that are not proven in time and those that expire, and
/// lets copies count again whose miner was only away.
///
/// A copy that somebody acknowledged has been promised to its user, whoever it is that cannot prove
/// it now. It is dropped for want of a proof only when the same order has as many other copies
/// AVAILABLE as a finished put promises; otherwise its time begins anew. When the order expires, it
/// ends in any case.
///
/// A copy that nobody acknowledged here may have been acknowledged to its user all the same: the
/// miner tells the indexer later, when it can. So the copy is given up only after its miner has
/// been in touch for a while without saying so. When that happens depends on the indexer's restarts
/// and the miner's alike; both begin that while anew.
///
/// Safe for concurrent use.
final class ContractExpiry {
  /// Contracts ended by one scan at most.
  static final int BATCH = 256;

  /// How long a copy that did not answer a reader stays SUSPECT at least.
  static final Duration SUSPECT_FOR = Duration.ofMinutes(5);

  /// How long a miner must have been in touch before its silence about a copy counts: several times
  /// the longest pause after which it repeats an acknowledgement.
  static final Duration IN_TOUCH = Duration.ofMinutes(3);

  /// Miners offer every 5 s; after this silence they have been away.
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final ContractStore contracts;
  private final Clock clock;
  private final long pendingSeconds;
  private final IndexerLog log;
  private final Monitor monitor;
  private final Map<Account, Presence> present = new HashMap<>();

  /// From when on and until when a miner was heard without a longer silence, by [Clock#nanos].
  private record Presence(long sinceNanos, long lastNanos) {}

  /// @param pendingSeconds within which a contract must have its first proof
  ContractExpiry(ContractStore contracts, Clock clock, long pendingSeconds, IndexerLog log) {
    this.contracts = contracts;
    this.clock = clock;
    this.pendingSeconds = pendingSeconds;
    this.log = log;
    this.monitor = new Monitor(clock);
  }

  private long now() {
    return clock.wallMillis() / 1000;
  }

  /// Ends what is to end now.
  void round() throws IOException {
    forgetAbsent();
    endUnproven();
    endExpired();
  }

  private void endUnproven() throws IOException {
    long now = now();
    for (ContractEntry entry : contracts.waiting()) {
      if (now > entry.notes().waitsSinceSeconds() + pendingSeconds) {
        if (entry.unacknowledged()) {
          if (isInTouch(entry.miner().account())) {
            endUnproven(entry);
          }
        } else if (isSpare(entry)) {
          endUnproven(entry);
        } else {
          contracts.update(
              entry.id(),
              found ->
                  Change.to(found.state() == ContractState.PENDING ? found.extended(now) : found));
          log.provingTakesLonger(entry.id());
        }
      }
    }
  }

  /// Only if nothing was shown meanwhile.
  private void endUnproven(ContractEntry seen) throws IOException {
    boolean ended =
        contracts
            .update(
                seen.id(),
                entry ->
                    entry.evidence().code() == seen.evidence().code()
                        ? entry.on(new Event.Unproven())
                        : Change.to(entry))
            .filter(entry -> entry.state() == ContractState.CANCELLED)
            .isPresent();
    if (ended) {
      log.unproven(seen.id());
    }
  }

  private boolean isSpare(ContractEntry entry) throws IOException {
    SegmentOrder order = entry.order();
    int others = 0;
    for (int copy = 0; copy < order.terms().copies(); copy++) {
      boolean counts =
          copy != entry.copy()
              && contracts
                  .newest(order.hash(), copy)
                  .filter(other -> other.state() == ContractState.AVAILABLE)
                  .isPresent();
      others += counts ? 1 : 0;
    }
    return others >= order.terms().promised();
  }

  /// Before there is a contracts nothing is outstanding when a contract expires, so it is settled
  /// at once.
  private void endExpired() throws IOException {
    List<ContractEntry> expired;
    do {
      expired = contracts.expired(now(), BATCH);
      for (ContractEntry entry : expired) {
        contracts.update(
            entry.id(),
            found -> found.on(new Event.Expired(found.sealed())).on(new Event.Settled()));
        log.expired(entry.id());
      }
    } while (expired.size() == BATCH);
  }

  private void forgetAbsent() {
    try (var _ = monitor.hold()) {
      long now = clock.nanos();
      present.values().removeIf(each -> now - each.lastNanos() > SILENCE.toNanos());
    }
  }

  private boolean isInTouch(Account miner) {
    try (var _ = monitor.hold()) {
      Presence known = present.get(miner);
      return known != null && known.lastNanos() - known.sinceNanos() >= IN_TOUCH.toNanos();
    }
  }

  private void note(Account miner) {
    try (var _ = monitor.hold()) {
      long now = clock.nanos();
      Presence before = present.getOrDefault(miner, new Presence(now, now));
      boolean away = now - before.lastNanos() > SILENCE.toNanos();
      present.put(miner, new Presence(away ? now : before.sinceNanos(), now));
    }
  }

  /// A miner was heard: copies of which readers only had no answer for a while count again.
  void heard(Account miner) throws IOException {
    note(miner);
    long until = now() - SUSPECT_FOR.toSeconds();
    for (ContractEntry entry : contracts.unanswered(miner, BATCH)) {
      if (mayCountAgain(entry, until)) {
        contracts.update(
            entry.id(),
            found ->
                mayCountAgain(found, until)
                    ? found.untroubled().on(new Event.Proven())
                    : Change.to(found));
        log.answersAgain(entry.id(), entry.miner());
      }
    }
  }

  private static boolean mayCountAgain(ContractEntry entry, long until) {
    return entry.unanswered() && entry.notes().troubledSeconds() <= until;
  }
}
