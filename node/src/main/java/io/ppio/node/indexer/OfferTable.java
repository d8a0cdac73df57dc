package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.contract.Region;
import io.ppio.incentive.indexing.IndexRequest.Offering;
import io.ppio.incentive.market.Candidate;
import io.ppio.incentive.market.Site;
import io.ppio.network.peer.AddressPrefix;
import io.ppio.network.peer.PeerRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What miners offer right now. In memory: an offer older than its lifetime counts for nothing, and
/// miners repeat theirs every 5 s. Safe for concurrent use.
final class OfferTable {
  /// Three missed repetitions: the miner is gone or cannot be reached.
  private static final Duration LIFETIME = Duration.ofSeconds(16);

  /// Miners kept; the least recently heard leave first.
  private static final int MINERS_MAX = 100_000;

  /// What every miner stands at before anything measures it.
  private static final double REPUTATION = 0.5;

  private record Heard(PeerRecord record, Offering offering, long nanos) {}

  private final Clock clock;
  private final boolean lan;
  private final Monitor monitor;
  private final Map<PeerId, Heard> heard = new LinkedHashMap<>();
  private final Map<PeerId, Map<Hash, Integer>> reserved = new HashMap<>();

  /// @param lan whether private addresses are as good as public ones
  OfferTable(Clock clock, boolean lan) {
    this.clock = clock;
    this.lan = lan;
    this.monitor = new Monitor(clock);
  }

  void hear(PeerRecord record, Offering offering) {
    try (var _ = monitor.hold()) {
      heard.remove(record.peerId());
      heard.put(record.peerId(), new Heard(record, offering, clock.nanos()));
      if (heard.size() > MINERS_MAX) {
        PeerId oldest = heard.keySet().iterator().next();
        heard.remove(oldest);
      }
    }
  }

  /// Miners heard lately, in the order in which they were.
  List<Candidate> candidates() {
    try (var _ = monitor.hold()) {
      return current().stream().map(this::candidate).toList();
    }
  }

  private List<Heard> current() {
    long now = clock.nanos();
    return heard.values().stream()
        .filter(entry -> now - entry.nanos() < LIFETIME.toNanos())
        .toList();
  }

  private Candidate candidate(Heard entry) {
    PeerId peer = entry.record().peerId();
    long free = Math.max(0, entry.offering().freeTiles() - reservedTiles(peer));
    return new Candidate(
        peer.publicKey(),
        site(entry.record()),
        entry.offering().offer(),
        new Candidate.Standing(free, entry.offering().backlogMillis(), REPUTATION),
        Region.ANY);
  }

  /// A miner is paid itself until a ledger names other accounts.
  private Site site(PeerRecord record) {
    Account miner = record.peerId().account();
    Bytes prefix =
        record.endpoints().stream()
            .findFirst()
            .map(endpoint -> AddressPrefix.of(endpoint.ip(), lan))
            .orElse(Bytes.EMPTY);
    return new Site(miner, miner, prefix);
  }

  private long reservedTiles(PeerId peer) {
    return reserved.getOrDefault(peer, Map.of()).values().stream()
        .mapToLong(Integer::longValue)
        .sum();
  }

  /// Counts a match against the miner's free tiles until it is acknowledged or over.
  void reserve(ContractEntry match) {
    try (var _ = monitor.hold()) {
      reserved
          .computeIfAbsent(match.miner(), _ -> new HashMap<>())
          .put(match.id(), match.content().tiles());
    }
  }

  /// The match no longer counts: it is in the miner's own figures, or over.
  void release(ContractEntry match) {
    try (var _ = monitor.hold()) {
      reserved.computeIfPresent(
          match.miner(),
          (_, contracts) -> {
            contracts.remove(match.id());
            return contracts.isEmpty() ? null : contracts;
          });
    }
  }

  /// A contract was added or changed.
  void changed(ContractEntry match) {
    if (!match.unacknowledged()) {
      release(match);
    }
  }

  /// The newest record of a miner, however long ago it was heard.
  Optional<PeerRecord> record(PeerId miner) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(heard.get(miner)).map(Heard::record);
    }
  }

  /// The signed record of a miner as it was heard last; empty bytes if never.
  Bytes recordBytes(PeerId miner) {
    return record(miner).map(PeerRecord::encode).orElse(Bytes.EMPTY);
  }

  /// Where a miner is, as far as it was heard of.
  Site site(PeerId miner) {
    return record(miner).map(this::site).orElse(Site.of(miner.account()));
  }

  /// Miners heard lately.
  int size() {
    try (var _ = monitor.hold()) {
      return current().size();
    }
  }
}
