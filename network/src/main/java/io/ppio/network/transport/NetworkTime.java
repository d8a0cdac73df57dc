package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The time that stamps records: the wall clock, corrected by what other nodes say when ours is
/// badly wrong (network specification 1.6, field 8).
///
/// The correction is the median offset of at least five peers in at least four networks, where it
/// exceeds ten minutes. Safe for use by any number of tasks.
final class NetworkTime {
  private static final int PEERS_MIN = 5;
  private static final int PEERS_MAX = 64;
  private static final int NETWORKS_MIN = 4;
  private static final long TOLERATED = Duration.ofMinutes(10).toMillis();

  private record Sample(Bytes network, long offsetMillis) {}

  private final Clock clock;
  private final Monitor monitor;
  private final int networksMin;
  private final SequencedMap<PeerId, Sample> samples = new LinkedHashMap<>();

  /// @param lan whether all peers may be in one network
  NetworkTime(Clock clock, boolean lan) {
    this.clock = clock;
    this.monitor = new Monitor(clock);
    this.networksMin = lan ? 1 : NETWORKS_MIN;
  }

  /// Notes the clock of `peer`, seen at `address`, as it greeted.
  void observed(PeerId peer, InetAddress address, long clockMillis) {
    Bytes network = Bytes.of(address.getAddress(), 0, 2);
    Sample sample = new Sample(network, clockMillis - clock.wallMillis());
    monitor.lock();
    try {
      samples.remove(peer);
      samples.putLast(peer, sample);
      if (samples.size() > PEERS_MAX) {
        samples.pollFirstEntry();
      }
    } finally {
      monitor.unlock();
    }
  }

  /// Network time in milliseconds since 1970.
  long millis() {
    return clock.wallMillis() + correction();
  }

  private long correction() {
    monitor.lock();
    try {
      long networks = samples.values().stream().map(Sample::network).distinct().count();
      if (samples.size() < PEERS_MIN || networks < networksMin) {
        return 0;
      }
      long[] offsets = samples.values().stream().mapToLong(Sample::offsetMillis).sorted().toArray();
      long median = offsets[offsets.length / 2];
      return Math.abs(median) > TOLERATED ? median : 0;
    } finally {
      monitor.unlock();
    }
  }
}
