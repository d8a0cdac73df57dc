package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Backoff;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Mailbox;
import io.ppio.env.Monitor;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transfer.CopyFrom;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Has the further copies of a segment made, miner to miner, once the first ones are staged.
///
/// The user sends the promised ones itself; of those this takes care only when the user has not for
/// a while. It repeats COPY_FROM until the taker acknowledges, with growing pauses and the next
/// giver each time, also for a copy that somebody reported: a report costs nothing, so it must not
/// keep a copy from being made. Tries run beside each other, few at once for one taker, so that
/// takers that do not answer hold up nobody else.
final class Replicator {
  /// Sweeps follow each other in this time at least; a long one waits ten times its length.
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(2));
  private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

  /// Tries at once.
  private static final int TRIES = 16;

  /// Tries at once with one taker.
  private static final int TRIES_OF_ONE = 2;

  /// How long a user may take to send the copies that are its own business.
  private static final Duration USER_GRACE = Duration.ofMinutes(2);

  /// What was tried for one contract; times are of [Clock#nanos].
  private record Attempt(int tries, long nextNanos, Backoff backoff, long firstSeenNanos) {
    Attempt again(long now) {
      return new Attempt(
          tries + 1, now + backoff.pause().toNanos(), backoff.next(), firstSeenNanos);
    }
  }

  private final NodeHost host;
  private final Clock clock;
  private final ContractStore contracts;
  private final OfferTable offers;
  private final IndexerLog log;
  private final Mailbox<Hash> acknowledged;

  /// Owned by the task in [#run].
  private final Map<Hash, Attempt> attempts = new HashMap<>();

  private final Monitor monitor;
  private final Map<PeerId, Integer> busy = new HashMap<>();
  private int trying;

  Replicator(NodeHost host, ContractStore contracts, OfferTable offers) {
    this.host = host;
    this.clock = host.env().clock();
    this.contracts = contracts;
    this.offers = offers;
    this.log = new IndexerLog(host.env().log());
    this.monitor = new Monitor(clock);
    // Only a hint: what does not fit is found by the next sweep.
    this.acknowledged = new Mailbox<>(clock, 1024);
  }

  /// A copy of `segment` was acknowledged: others can be made from it now.
  void staged(Hash segment) {
    acknowledged.offer(segment);
  }

  /// Works for ever. However many copies are acknowledged, the sweep comes in its time.
  void run() throws InterruptedException, IOException {
    Deadline sweep = clock.in(SWEEP);
    while (true) {
      Optional<Hash> segment = acknowledged.take(sweep);
      if (segment.isPresent()) {
        drive(contracts.ofSegment(segment.get()));
      }
      if (sweep.passed()) {
        long began = clock.nanos();
        sweep();
        Duration pause = Duration.ofNanos(clock.nanos() - began).multipliedBy(10);
        sweep = clock.in(pause.compareTo(SWEEP) > 0 ? pause : SWEEP);
      }
    }
  }

  private void sweep() throws IOException {
    Set<Hash> segments = new LinkedHashSet<>();
    Set<Hash> unacknowledged = new HashSet<>();
    for (ContractEntry entry : contracts.waiting()) {
      if (entry.unacknowledged()) {
        unacknowledged.add(entry.id());
        segments.add(entry.content().segment());
      }
    }
    attempts.keySet().retainAll(unacknowledged);
    for (Hash segment : segments) {
      drive(contracts.ofSegment(segment));
    }
  }

  private void drive(List<ContractEntry> copies) {
    for (ContractEntry taker : copies) {
      if (taker.unacknowledged()) {
        Attempt attempt = attempt(taker.id());
        if (isDue(taker, attempt)) {
          order(taker, givers(taker, copies), attempt);
        }
      }
    }
  }

  private Attempt attempt(Hash taker) {
    long now = clock.nanos();
    return attempts.computeIfAbsent(taker, _ -> new Attempt(0, now, PAUSES, now));
  }

  private boolean isDue(ContractEntry taker, Attempt attempt) {
    long now = clock.nanos();
    boolean ours =
        taker.copy() >= taker.order().terms().promised()
            || now - attempt.firstSeenNanos() > USER_GRACE.toNanos();
    return ours && now - attempt.nextNanos() >= 0;
  }

  /// Who has the same bytes and can be reached.
  private List<Contact> givers(ContractEntry taker, List<ContractEntry> copies) {
    return copies.stream()
        .filter(ContractEntry::holds)
        .filter(giver -> giver.content().plainRoot().equals(taker.content().plainRoot()))
        .map(ContractEntry::miner)
        .filter(giver -> !giver.equals(taker.miner()))
        .distinct()
        .flatMap(giver -> contact(giver).stream())
        .toList();
  }

  /// Starts one try, unless too many are under way: then the next sweep finds the copy again.
  private void order(ContractEntry taker, List<Contact> givers, Attempt before) {
    PeerId to = taker.miner();
    Optional<Contact> target = contact(to);
    if (givers.isEmpty() || target.isEmpty() || !begin(to)) {
      return;
    }
    attempts.put(taker.id(), before.again(clock.nanos()));
    Contact source = givers.get(before.tries() % givers.size());
    host.tasks()
        .serve(
            "copy",
            () -> {
              try {
                call(taker, target.get(), source);
              } finally {
                end(to);
              }
            });
  }

  private boolean begin(PeerId taker) {
    try (var _ = monitor.hold()) {
      if (trying == TRIES || busy.getOrDefault(taker, 0) == TRIES_OF_ONE) {
        return false;
      }
      trying++;
      busy.merge(taker, 1, Integer::sum);
      return true;
    }
  }

  private void end(PeerId taker) {
    try (var _ = monitor.hold()) {
      trying--;
      busy.computeIfPresent(taker, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private void call(ContractEntry taker, Contact to, Contact source) throws InterruptedException {
    try {
      host.peers()
          .call(
              to,
              Method.COPY_FROM,
              new CopyFrom(
                      taker.content().segment(),
                      source,
                      taker.id(),
                      Bytes.of(taker.match().encode()))
                  .encode(),
              CallOptions.DEFAULT.within(CALL_LIMIT));
      log.copying(taker.id(), to.id(), source.id());
    } catch (CallFailed e) {
      log.copyFailed(taker.id(), to.id(), String.valueOf(e.getMessage()));
    }
  }

  private Optional<Contact> contact(PeerId miner) {
    return offers
        .record(miner)
        .map(PeerRecord::contact)
        .filter(contact -> !contact.endpoints().isEmpty());
  }
}
