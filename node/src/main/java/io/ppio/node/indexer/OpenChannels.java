package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.channel.DownloadOpen;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who has opened a channel to which copies lately: only they can have seen how a copy is served.
///
/// Opening costs nothing, so what is remembered is bounded, in all and for each reader; the oldest
/// leave first. In memory; forgetting one costs a report, not a payment. Safe for concurrent use.
final class OpenChannels {
  /// What is remembered at most.
  ///
  /// @param contracts over all channels; a contract in two channels counts twice
  /// @param perReader contracts over all channels of one reader
  record Limits(int contracts, int perReader) {
    /// About 50 MB, and an object of 10 GiB in ten copies twice.
    static final Limits STANDARD = new Limits(400_000, 12_800);
  }

  private record Opened(PeerId reader, Set<Hash> contracts, long nanos) {}

  /// The numbers of a reader's channels, the oldest first, and how many contracts they have.
  private static final class Reader {
    private final ArrayDeque<Long> channels = new ArrayDeque<>();
    private int contracts;
  }

  private final Clock clock;
  private final Limits limits;
  private final Monitor monitor;
  private final TreeMap<Long, Opened> channels = new TreeMap<>();
  private final Map<PeerId, Reader> readers = new HashMap<>();
  private long newest;
  private int contracts;

  OpenChannels(Clock clock, Limits limits) {
    this.clock = clock;
    this.limits = limits;
    this.monitor = new Monitor(clock);
  }

  /// Remembers a channel; what does not fit makes room for itself. One without contracts, or with
  /// more than a reader may have, is not remembered.
  void opened(PeerId by, Collection<Hash> opened) {
    Set<Hash> granted = Set.copyOf(opened);
    if (granted.isEmpty() || granted.size() > Math.min(limits.perReader(), limits.contracts())) {
      return;
    }
    try (var _ = monitor.hold()) {
      Reader reader = readers.computeIfAbsent(by, _ -> new Reader());
      newest++;
      channels.put(newest, new Opened(by, granted, clock.nanos()));
      reader.channels.add(newest);
      reader.contracts += granted.size();
      contracts += granted.size();
      while (reader.contracts > limits.perReader()) {
        forget(reader.channels.getFirst());
      }
      while (contracts > limits.contracts()) {
        forget(channels.firstKey());
      }
    }
  }

  boolean mayReport(PeerId by, Hash contract) {
    try (var _ = monitor.hold()) {
      Reader reader = readers.get(by);
      if (reader != null) {
        for (Long number : reader.channels) {
          Opened channel = channels.get(number);
          if (channel != null && channel.contracts().contains(contract)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /// Contracts remembered now.
  int size() {
    try (var _ = monitor.hold()) {
      return contracts;
    }
  }

  /// Forgets channels that are over.
  void expire() {
    try (var _ = monitor.hold()) {
      long now = clock.nanos();
      while (!channels.isEmpty()
          && now - channels.firstEntry().getValue().nanos() > DownloadOpen.LIFE_MAX.toNanos()) {
        forget(channels.firstKey());
      }
    }
  }

  private void forget(Long number) {
    Opened channel = channels.remove(number);
    if (channel != null) {
      contracts -= channel.contracts().size();
      Reader reader = readers.get(channel.reader());
      if (reader != null) {
        reader.channels.remove(number);
        reader.contracts -= channel.contracts().size();
        if (reader.channels.isEmpty()) {
          readers.remove(channel.reader());
        }
      }
    }
  }
}
