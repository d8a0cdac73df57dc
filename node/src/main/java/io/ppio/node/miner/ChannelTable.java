package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.incentive.channel.LaneRequest;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The channels that readers have introduced to a miner, in memory. A channel weighs its segments
/// and [#CHANNEL_WEIGHT].
///
/// A reader beyond its bound loses its oldest channels, and where all are beyond theirs, whoever
/// holds the most does: nobody drives out a reader that holds less than he. Lanes that were opened
/// stay. Safe for concurrent use.
final class ChannelTable {
  /// What a channel takes besides its segments, as a number of these.
  static final int CHANNEL_WEIGHT = 16;

  /// How much is kept.
  ///
  /// @param all weight of all channels
  /// @param ofReader weight of the channels of one reader, at least that of the largest channel
  record Bounds(int all, int ofReader) {
    /// About 30 MB, and an eighth of it.
    static final Bounds STANDARD = new Bounds(1 << 17, 1 << 14);
  }

  /// One reader's channels, the oldest first.
  private static final class Held {
    private final Map<Hash, LaneRequest> channels = new LinkedHashMap<>();
    private int weight;
  }

  private final Bounds bounds;
  private final Monitor monitor;
  private final Map<PeerId, Held> readers = new LinkedHashMap<>();
  private final Map<Hash, PeerId> owners = new HashMap<>();
  private int weight;

  ChannelTable(Clock clock, Bounds bounds) {
    this.bounds = bounds;
    this.monitor = new Monitor(clock);
  }

  private static Hash channel(LaneRequest request) {
    return request.opened().body().open().channel();
  }

  private static int weight(LaneRequest request) {
    return CHANNEL_WEIGHT + request.segments().size();
  }

  /// Keeps what a reader says, in the place of what it said before.
  ///
  /// @throws Refused when another reader introduced the channel: the request is public to the key
  ///   holder, so whoever came first is the reader
  void introduce(PeerId reader, LaneRequest request) throws Refused {
    try (var _ = monitor.hold()) {
      Optional<PeerId> owner = Optional.ofNullable(owners.get(channel(request)));
      if (owner.filter(other -> !other.equals(reader)).isPresent()) {
        throw new Refused(Status.FORBIDDEN, "channel of another reader");
      }
      owner.ifPresent(_ -> remove(reader, channel(request)));
      makeRoom(reader, weight(request));
      Held held = readers.computeIfAbsent(reader, _ -> new Held());
      held.channels.put(channel(request), request);
      held.weight += weight(request);
      owners.put(channel(request), reader);
      weight += weight(request);
    }
  }

  private void makeRoom(PeerId reader, int more) {
    while (weightOf(reader) > 0 && weightOf(reader) + more > bounds.ofReader()) {
      removeOldest(reader);
    }
    while (weight > 0 && weight + more > bounds.all()) {
      PeerId largest = reader;
      for (PeerId other : readers.keySet()) {
        largest = weightOf(other) > weightOf(largest) ? other : largest;
      }
      removeOldest(largest);
    }
  }

  private int weightOf(PeerId reader) {
    return Optional.ofNullable(readers.get(reader)).map(held -> held.weight).orElse(0);
  }

  private void removeOldest(PeerId reader) {
    Optional.ofNullable(readers.get(reader))
        .ifPresent(held -> remove(reader, held.channels.keySet().iterator().next()));
  }

  private void remove(PeerId reader, Hash channel) {
    Optional<Held> held = Optional.ofNullable(readers.get(reader));
    Optional<LaneRequest> gone = held.map(each -> each.channels.remove(channel));
    if (held.isPresent() && gone.isPresent()) {
      held.get().weight -= weight(gone.get());
      weight -= weight(gone.get());
      owners.remove(channel);
      if (held.get().channels.isEmpty()) {
        readers.remove(reader);
      }
    }
  }

  /// The channel of `reader` for which `names` holds.
  Optional<LaneRequest> find(PeerId reader, Predicate<Hash> names) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(readers.get(reader)).stream()
          .flatMap(held -> held.channels.entrySet().stream())
          .filter(each -> names.test(each.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }
  }

  /// Channels there are.
  int size() {
    try (var _ = monitor.hold()) {
      return owners.size();
    }
  }
}
