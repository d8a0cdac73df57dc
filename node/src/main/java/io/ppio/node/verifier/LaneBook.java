package io.ppio.node.verifier;

import io.ppio.data.hash.Hash;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.Monitor;
import io.ppio.network.identity.PeerId;
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

/// The requests and lanes of a verifier, in memory. Bounded: by segments over all requests and
/// those of one reader, and lanes by the segments of their request. Safe for use by any number of
/// tasks.
final class LaneBook {
  /// Segments in all requests at most.
  private static final int SEGMENTS_MAX = 1 << 17;

  /// Segments in the requests of one reader at most.
  private static final int SEGMENTS_OF_READER_MAX = 1 << 14;

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

    private int segments() {
      return request.request().segments().size();
    }
  }

  private final Monitor monitor;
  private final Map<ChannelRequest.Key, Asked> requests = new LinkedHashMap<>();
  private final Map<PeerId, Integer> segmentsOfReaders = new HashMap<>();
  private final Map<Hash, HeldLane> lanes = new LinkedHashMap<>();
  private int segments;

  LaneBook(Clock clock) {
    this.monitor = new Monitor(clock);
  }

  /// Adds a request that `reader` brought, or adds the reader to those of a request that is known.
  ///
  /// @return the lanes that there are already
  List<HeldLane> ask(PeerId reader, ChannelRequest request) throws Refused {
    monitor.lock();
    try {
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
    } finally {
      monitor.unlock();
    }
  }

  private void add(PeerId reader, ChannelRequest request) throws Refused {
    remove(request.key());
    int size = request.request().segments().size();
    int ofReader = segmentsOfReaders.getOrDefault(reader, 0);
    if (segments + size > SEGMENTS_MAX || ofReader + size > SEGMENTS_OF_READER_MAX) {
      throw new Refused(Status.OVERLOADED, "too many lanes are open");
    }
    segments += size;
    segmentsOfReaders.put(reader, ofReader + size);
    requests.put(request.key(), new Asked(request, Optional.of(reader)));
    monitor.signalAll();
  }

  /// Adds what an earlier run kept.
  void restore(ChannelRequest request) {
    monitor.lock();
    try {
      Asked asked = new Asked(request, Optional.empty());
      segments += asked.segments();
      requests.put(request.key(), asked);
    } finally {
      monitor.unlock();
    }
  }

  /// The request of `key`, waiting until `deadline` for the reader to make it.
  Optional<ChannelRequest> await(ChannelRequest.Key key, Deadline deadline)
      throws InterruptedException {
    monitor.lock();
    try {
      while (!requests.containsKey(key) && !deadline.passed()) {
        monitor.await(deadline);
      }
      return Optional.ofNullable(requests.get(key)).map(asked -> asked.request);
    } finally {
      monitor.unlock();
    }
  }

  /// The lane called `lane`.
  Optional<HeldLane> find(Hash lane) {
    monitor.lock();
    try {
      return Optional.ofNullable(lanes.get(lane));
    } finally {
      monitor.unlock();
    }
  }

  /// Adds `lane`, or puts it in the place of `old`.
  ///
  /// @return false when another task was faster or the request has gone
  boolean put(HeldLane lane, Optional<HeldLane> old) {
    monitor.lock();
    try {
      Asked asked = requests.get(lane.request().key());
      if (asked == null || !Optional.ofNullable(lanes.get(lane.id())).equals(old)) {
        return false;
      }
      asked.lanes.add(lane.id());
      lanes.put(lane.id(), lane);
      return true;
    } finally {
      monitor.unlock();
    }
  }

  /// Who waits for the offers of a request.
  List<PeerId> readers(ChannelRequest.Key key) {
    monitor.lock();
    try {
      return Optional.ofNullable(requests.get(key))
          .map(asked -> List.copyOf(asked.readers))
          .orElse(List.of());
    } finally {
      monitor.unlock();
    }
  }

  /// The requests whose channel is over at `now`, each with its lanes.
  Map<ChannelRequest.Key, List<Hash>> expired(Instant now) {
    monitor.lock();
    try {
      Map<ChannelRequest.Key, List<Hash>> found = new LinkedHashMap<>();
      requests.forEach((key, asked) -> {
        if (!now.isBefore(asked.request.expires())) {
          found.put(key, new ArrayList<>(asked.lanes));
        }
      });
      return found;
    } finally {
      monitor.unlock();
    }
  }

  /// Removes requests with their lanes.
  void removeAll(Set<ChannelRequest.Key> keys) {
    monitor.lock();
    try {
      keys.forEach(this::remove);
    } finally {
      monitor.unlock();
    }
  }

  private void remove(ChannelRequest.Key key) {
    Asked asked = requests.remove(key);
    if (asked != null) {
      segments -= asked.segments();
      asked.first.ifPresent(reader -> {
        int left = segmentsOfReaders.getOrDefault(reader, 0) - asked.segments();
        if (left > 0) {
          segmentsOfReaders.put(reader, left);
        } else {
          segmentsOfReaders.remove(reader);
        }
      });
      asked.lanes.forEach(lanes::remove);
    }
  }

  /// Lanes there are.
  int lanes() {
    monitor.lock();
    try {
      return lanes.size();
    } finally {
      monitor.unlock();
    }
  }
}
