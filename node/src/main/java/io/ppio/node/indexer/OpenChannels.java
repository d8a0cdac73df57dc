package io.ppio.node.indexer;

import io.ppio.data.hash.Hash;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.network.identity.PeerId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who has opened a channel to which copies lately: only they can have seen how a copy is served.
///
/// In memory; forgetting one costs a report, not a payment. Safe for concurrent use.
final class OpenChannels {
  private static final Duration LIFETIME = Duration.ofHours(24);

  /// Channels remembered; the oldest leave first.
  private static final int CHANNELS_MAX = 100_000;

  private record Opened(PeerId reader, List<Hash> contracts, long nanos) {}

  private final Clock clock;
  private final Monitor monitor;
  private final ArrayDeque<Opened> channels = new ArrayDeque<>();
  private final Map<PeerId, Set<Hash>> readable = new HashMap<>();

  OpenChannels(Clock clock) {
    this.clock = clock;
    this.monitor = new Monitor(clock);
  }

  void opened(PeerId reader, List<Hash> contracts) {
    monitor.lock();
    try {
      channels.add(new Opened(reader, List.copyOf(contracts), clock.nanos()));
      readable.computeIfAbsent(reader, _ -> new HashSet<>()).addAll(contracts);
      if (channels.size() > CHANNELS_MAX) {
        forget(channels.remove());
      }
    } finally {
      monitor.unlock();
    }
  }

  boolean mayReport(PeerId reader, Hash contract) {
    monitor.lock();
    try {
      return readable.getOrDefault(reader, Set.of()).contains(contract);
    } finally {
      monitor.unlock();
    }
  }

  /// Forgets channels that are over.
  void expire() {
    monitor.lock();
    try {
      long now = clock.nanos();
      while (!channels.isEmpty() && now - channels.getFirst().nanos() > LIFETIME.toNanos()) {
        forget(channels.remove());
      }
    } finally {
      monitor.unlock();
    }
  }

  private void forget(Opened channel) {
    Set<Hash> contracts = readable.get(channel.reader());
    if (contracts != null) {
      channel.contracts().forEach(contracts::remove);
      if (contracts.isEmpty()) {
        readable.remove(channel.reader());
      }
    }
  }
}
