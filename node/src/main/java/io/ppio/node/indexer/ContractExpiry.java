package io.ppio.node.indexer;

import io.ppio.crypto.identity.Account;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.indexing.IndexRequest.Report.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What time does to contracts: ends those that are not proven in time and those that expire, and
/// lets copies count again whose miner was only away.
///
/// A copy that somebody acknowledged has been promised to its user, whoever it is that cannot prove
/// it now. It is dropped for want of a proof only when the same order has min(copies, 2) other
/// copies AVAILABLE, which is what a finished put has promised; otherwise its time begins anew.
/// When the order expires, it ends in any case.
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

  /// Copies that a finished put has promised.
  private static final int PROMISED = 2;

  private final ContractStore ledger;
  private final OfferTable offers;
  private final Clock clock;
  private final long pendingSeconds;
  private final IndexerLog log;
  private final Monitor monitor;
  private final Map<Account, Presence> present = new HashMap<>();

  /// From when on and until when a miner was heard without a longer silence, by [Clock#nanos].
  private record Presence(long sinceNanos, long lastNanos) {}

  /// @param pendingSeconds within which a contract must have its first proof
  ContractExpiry(
      ContractStore ledger, OfferTable offers, Clock clock, long pendingSeconds, IndexerLog log) {
    this.ledger = ledger;
    this.offers = offers;
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
    for (ContractEntry entry : ledger.waiting()) {
      if (now > entry.notes().waitsSinceSeconds() + pendingSeconds) {
        if (entry.unacknowledged()) {
          if (isInTouch(entry.match().body().miner().account())) {
            endUnproven(entry);
          }
        } else if (isSpare(entry)) {
          endUnproven(entry);
        } else {
          ledger.update(
              entry.id(),
              found ->
                  found.state() == ContractState.PENDING
                      ? found.noting(found.notes().extended(now))
                      : found);
          log.provingTakesLonger(entry.id());
        }
      }
    }
  }

  /// Only if nothing was shown meanwhile.
  private void endUnproven(ContractEntry seen) throws IOException {
    boolean ended =
        ledger
            .update(
                seen.id(),
                entry ->
                    entry.evidence().code() == seen.evidence().code()
                        ? entry.on(new Event.Unproven())
                        : entry)
            .filter(entry -> entry.state() == ContractState.CANCELLED)
            .isPresent();
    if (ended) {
      offers.release(seen.match().body().miner().peerId(), seen.id());
      log.unproven(seen.id());
    }
  }

  private boolean isSpare(ContractEntry entry) throws IOException {
    SegmentOrder order = entry.match().body().order();
    int others = 0;
    for (int copy = 0; copy < order.terms().copies(); copy++) {
      boolean counts =
          copy != entry.match().body().copy()
              && ledger
                  .newest(order.hash(), copy)
                  .filter(other -> other.state() == ContractState.AVAILABLE)
                  .isPresent();
      others += counts ? 1 : 0;
    }
    return others >= Math.min(PROMISED, order.terms().copies());
  }

  /// Before there is a ledger nothing is outstanding when a contract expires, so it is settled at
  /// once.
  private void endExpired() throws IOException {
    List<ContractEntry> expired;
    do {
      expired = ledger.expired(now(), BATCH);
      for (ContractEntry entry : expired) {
        Match match = entry.match().body();
        ledger.update(
            entry.id(),
            found ->
                found.on(new Event.Unproven()).on(new Event.Expired()).on(new Event.Settled()));
        offers.release(match.miner().peerId(), entry.id());
        log.expired(entry.id());
      }
    } while (expired.size() == BATCH);
  }

  private void forgetAbsent() {
    monitor.lock();
    try {
      long now = clock.nanos();
      present.values().removeIf(each -> now - each.lastNanos() > SILENCE.toNanos());
    } finally {
      monitor.unlock();
    }
  }

  private boolean isInTouch(Account miner) {
    monitor.lock();
    try {
      Presence known = present.get(miner);
      return known != null && known.lastNanos() - known.sinceNanos() >= IN_TOUCH.toNanos();
    } finally {
      monitor.unlock();
    }
  }

  private void note(Account miner) {
    monitor.lock();
    try {
      long now = clock.nanos();
      Presence before = present.getOrDefault(miner, new Presence(now, now));
      boolean away = now - before.lastNanos() > SILENCE.toNanos();
      present.put(miner, new Presence(away ? now : before.sinceNanos(), now));
    } finally {
      monitor.unlock();
    }
  }

  /// A miner was heard: copies of which readers only had no answer for a while count again.
  void heard(Account miner) throws IOException {
    note(miner);
    long until = now() - SUSPECT_FOR.toSeconds();
    for (ContractEntry entry : ledger.unanswered(miner, BATCH)) {
      if (mayCountAgain(entry, until)) {
        ledger.update(
            entry.id(),
            found ->
                mayCountAgain(found, until)
                    ? found.on(new Event.Proven()).noting(found.notes().untroubled())
                    : found);
        log.answersAgain(entry.id(), entry.match().body().miner().peerId());
      }
    }
  }

  private static boolean mayCountAgain(ContractEntry entry, long until) {
    return entry.state() == ContractState.SUSPECT
        && entry.notes().trouble().filter(Trouble.NO_ANSWER::equals).isPresent()
        && entry.notes().troubledSeconds() <= until;
  }
}
