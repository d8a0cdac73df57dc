package io.ppio.node.indexer;

import io.ppio.data.hash.Hash;
import io.ppio.env.Clock;
import io.ppio.env.Mailbox;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.network.identity.PeerId;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.PeerRecord;
import io.ppio.network.transfer.CopyFrom;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.wire.Method;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has the further copies of a segment made, miner to miner, once the first ones are staged.
///
/// The user sends the first min(copies, 2) itself; of those the driver takes care only when the
/// user has not for a while. It repeats COPY_FROM until the taker acknowledges, with growing
/// pauses. One task owns it.
final class CopyDriver {
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(2);

  /// How long a user may take to send the copies that are its own business.
  private static final Duration USER_GRACE = Duration.ofMinutes(2);

  /// Copies that the user sends (data and proofs specification 1.7).
  private static final int BY_USER = 2;

  private record Attempt(long nextNanos, Duration pause, long firstSeenNanos) {}

  private final NodeHost host;
  private final Clock clock;
  private final ContractLedger ledger;
  private final OfferBook offers;
  private final IndexerLog log;
  private final Mailbox<Hash> acknowledged;
  private final Map<Hash, Attempt> attempts = new HashMap<>();

  CopyDriver(NodeHost host, ContractLedger ledger, OfferBook offers) {
    this.host = host;
    this.clock = host.env().clock();
    this.ledger = ledger;
    this.offers = offers;
    this.log = new IndexerLog(host.env().log());
    // Only a hint: what does not fit is found by the next sweep.
    this.acknowledged = new Mailbox<>(clock, 1024);
  }

  /// A copy of `segment` was acknowledged: others can be made from it now.
  void staged(Hash segment) {
    acknowledged.offer(segment);
  }

  /// Works for ever.
  void run() throws InterruptedException, IOException {
    while (true) {
      Optional<Hash> segment = acknowledged.take(clock.in(SWEEP));
      if (segment.isPresent()) {
        drive(ledger.ofSegment(segment.get()));
      } else {
        sweep();
      }
    }
  }

  private void sweep() throws InterruptedException, IOException {
    List<ContractEntry> waiting = ledger.waiting();
    attempts.keySet().retainAll(waiting.stream().map(ContractEntry::id).toList());
    List<Hash> segments = new ArrayList<>();
    for (ContractEntry entry : waiting) {
      Hash segment = entry.match().body().order().content().segment();
      if (entry.evidence().number() == 0 && !segments.contains(segment)) {
        segments.add(segment);
      }
    }
    for (Hash segment : segments) {
      drive(ledger.ofSegment(segment));
    }
  }

  private void drive(List<ContractEntry> copies) throws InterruptedException {
    for (ContractEntry taker : copies) {
      if (taker.state() == ContractState.PENDING
          && taker.evidence().number() == 0
          && !taker.doubted()
          && isDue(taker)) {
        for (ContractEntry giver : copies) {
          if (giver.holds() && order(taker, giver)) {
            break;
          }
        }
      }
    }
  }

  private boolean isDue(ContractEntry taker) {
    long now = clock.nanos();
    Attempt attempt = attempts.computeIfAbsent(taker.id(), _ -> new Attempt(now, FIRST_PAUSE, now));
    boolean ours =
        taker.match().body().copy() >= BY_USER
            || now - attempt.firstSeenNanos() > USER_GRACE.toNanos();
    return ours && now - attempt.nextNanos() >= 0;
  }

  private boolean order(ContractEntry taker, ContractEntry giver) throws InterruptedException {
    Match match = taker.match().body();
    PeerId to = match.miner().peerId();
    PeerId from = giver.match().body().miner().peerId();
    Optional<Contact> source = contact(from);
    Optional<Contact> target = contact(to);
    if (source.isEmpty() || target.isEmpty()) {
      return false;
    }
    Attempt before = attempts.get(taker.id());
    Duration pause = before == null ? FIRST_PAUSE : before.pause();
    Duration next = pause.multipliedBy(2);
    attempts.put(
        taker.id(),
        new Attempt(
            clock.nanos() + pause.toNanos(),
            next.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : next,
            before == null ? clock.nanos() : before.firstSeenNanos()));
    try {
      host.peers()
          .call(
              target.get(),
              Method.COPY_FROM,
              new CopyFrom(
                      match.order().content().segment(),
                      source.get(),
                      taker.id(),
                      io.ppio.env.Bytes.of(taker.match().encode()))
                  .encode(),
              CallOptions.DEFAULT.within(Duration.ofSeconds(3)));
      log.copying(taker.id(), to, from);
      return true;
    } catch (CallFailed e) {
      log.copyFailed(taker.id(), to, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private Optional<Contact> contact(PeerId miner) {
    return offers
        .record(miner)
        .map(PeerRecord::contact)
        .filter(contact -> !contact.endpoints().isEmpty());
  }
}
