package io.ppio.node.verifier;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The requests and lanes of a verifier, in memory. A request weighs its segments and
/// [#REQUEST_WEIGHT]; the weight of all and that of one reader's requests are bounded, and lanes by
/// the segments of their request.
///
/// Whether this verifier was drawn shows only with the key that the miner's deposit brings, so a
/// request without a lane may be here for nothing. Beyond a bound such requests give way, the
/// oldest first, of whoever has the most of them: nobody fills the book, or drives out a reader
/// that waits for less than he. Safe for use by any number of tasks.
final class LaneTable {
  /// What a request takes besides its segments, as a number of these.
  static final int REQUEST_WEIGHT = 16;

  /// How much is kept.
  ///
  /// @param all weight of all requests
  /// @param ofReader weight of the requests that one reader brought
  record Bounds(int all, int ofReader) {
    /// About 30 MB, and an eighth of it.
    static final Bounds STANDARD = new Bounds(1 << 17, 1 << 14);
  }

  /// Peers to which the offers of one request are sent: a reader that comes back may have another
  /// name.
  private static final int READERS_MAX = 3;

  private static final class Asked {
    private final ChannelRequest request;
    private final Optional<PeerId> first;
    private final Set<PeerId> readers = new LinkedHashSet<>();
    private final Set<Hash> lanes = new LinkedHashSet<>();

    private Asked(ChannelRequest request, Optional<PeerId> first) {
      this.request = request;
      this.first = first;
      first.ifPresent(readers::add);
    }

    private int weight() {
      return LaneTable.weight(request);
    }
  }

  private final Monitor monitor;
  private final Map<ChannelRequest.Key, Asked> requests = new LinkedHashMap<>();
  private final Map<PeerId, Integer> weightsOfReaders = new HashMap<>();
  private final Map<Hash, HeldLane> lanes = new LinkedHashMap<>();
  private final Bounds bounds;
  private int weight;

  LaneTable(Clock clock, Bounds bounds) {
    this.monitor = new Monitor(clock);
    this.bounds = bounds;
  }

  private static int weight(ChannelRequest request) {
    return REQUEST_WEIGHT + request.request().segments().size();
  }

  /// Adds a request that `reader` brought, or adds the reader to those of a request that is known.
  ///
  /// @return the lanes that there are already
  List<HeldLane> ask(PeerId reader, ChannelRequest request) throws Refused {
    try (var _ = monitor.hold()) {
      Asked known = requests.get(request.key());
      if (known == null || (known.lanes.isEmpty() && !known.request.equals(request))) {
        add(reader, request);
        return List.of();
      }
      if (!known.request.equals(request)) {
        throw new Refused(Status.FORBIDDEN, "another request for this channel and miner counts");
      }
      known.readers.remove(reader);
      known.readers.add(reader);
      if (known.readers.size() > READERS_MAX) {
        known.readers.remove(known.readers.iterator().next());
      }
      return known.lanes.stream().map(lanes::get).toList();
    }
  }

  private void add(PeerId reader, ChannelRequest request) throws Refused {
    remove(request.key());
    int more = weight(request);
    while (weightOf(reader) + more > bounds.ofReader() && giveWay(Optional.of(reader))) {}
    while (weight + more > bounds.all() && giveWay(waitingMost())) {}
    if (weight + more > bounds.all() || weightOf(reader) + more > bounds.ofReader()) {
      throw new Refused(Status.OVERLOADED, "too many lanes are open");
    }
    weight += more;
    weightsOfReaders.merge(reader, more, Integer::sum);
    requests.put(request.key(), new Asked(request, Optional.of(reader)));
    monitor.signalAll();
  }

  private int weightOf(PeerId reader) {
    return weightsOfReaders.getOrDefault(reader, 0);
  }

  /// Removes the oldest request of a reader that has no lane.
  private boolean giveWay(Optional<PeerId> reader) {
    Optional<ChannelRequest.Key> oldest =
        requests.values().stream()
            .filter(asked -> reader.isPresent() && asked.first.equals(reader))
            .filter(asked -> asked.lanes.isEmpty())
            .map(asked -> asked.request.key())
            .findFirst();
    oldest.ifPresent(this::remove);
    return oldest.isPresent();
  }

  /// The reader whose requests without a lane weigh the most.
  private Optional<PeerId> waitingMost() {
    Map<PeerId, Integer> waiting = new LinkedHashMap<>();
    for (Asked asked : requests.values()) {
      if (asked.lanes.isEmpty()) {
        asked.first.ifPresent(reader -> waiting.merge(reader, asked.weight(), Integer::sum));
      }
    }
    return waiting.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /// Adds what an earlier run kept.
  void restore(ChannelRequest request) {
    try (var _ = monitor.hold()) {
      Asked asked = new Asked(request, Optional.empty());
      weight += asked.weight();
      requests.put(request.key(), asked);
    }
  }

  /// The request of `key`.
  Optional<ChannelRequest> request(ChannelRequest.Key key) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(requests.get(key)).map(asked -> asked.request);
    }
  }

  /// The request of `key`, waiting until `deadline` for the reader to make it.
  Optional<ChannelRequest> await(ChannelRequest.Key key, Deadline deadline)
      throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!requests.containsKey(key) && !deadline.passed()) {
        monitor.await(deadline);
      }
      return Optional.ofNullable(requests.get(key)).map(asked -> asked.request);
    }
  }

  /// The lane called `lane`.
  Optional<HeldLane> find(Hash lane) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(lanes.get(lane));
    }
  }

  /// Adds `lane`, or puts it in the place of `old`.
  ///
  /// @return false when another task was faster or the request has gone
  boolean put(HeldLane lane, Optional<HeldLane> old) {
    try (var _ = monitor.hold()) {
      Asked asked = requests.get(lane.request().key());
      if (asked == null || !Optional.ofNullable(lanes.get(lane.id())).equals(old)) {
        return false;
      }
      asked.lanes.add(lane.id());
      lanes.put(lane.id(), lane);
      return true;
    }
  }

  /// Who waits for the offers of a request.
  List<PeerId> readers(ChannelRequest.Key key) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(requests.get(key))
          .map(asked -> List.copyOf(asked.readers))
          .orElse(List.of());
    }
  }

  /// The requests whose channel is over at `now`, each with its lanes.
  Map<ChannelRequest.Key, List<Hash>> expired(Instant now) {
    try (var _ = monitor.hold()) {
      Map<ChannelRequest.Key, List<Hash>> found = new LinkedHashMap<>();
      requests.forEach((key, asked) -> {
        if (!now.isBefore(asked.request.expires())) {
          found.put(key, new ArrayList<>(asked.lanes));
        }
      });
      return found;
    }
  }

  /// Removes requests with their lanes.
  void removeAll(Set<ChannelRequest.Key> keys) {
    try (var _ = monitor.hold()) {
      keys.forEach(this::remove);
    }
  }

  private void remove(ChannelRequest.Key key) {
    Asked asked = requests.remove(key);
    if (asked != null) {
      weight -= asked.weight();
      asked.first.ifPresent(reader -> {
        int left = weightOf(reader) - asked.weight();
        if (left > 0) {
          weightsOfReaders.put(reader, left);
        } else {
          weightsOfReaders.remove(reader);
        }
      });
      asked.lanes.forEach(lanes::remove);
    }
  }

  /// The lanes there are.
  List<HeldLane> lanes() {
    try (var _ = monitor.hold()) {
      return List.copyOf(lanes.values());
    }
  }
}
