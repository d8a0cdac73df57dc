package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Promise;
import io.ppio.network.transport.Refused;
import io.ppio.network.wire.Status;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lanes that a miner serves now, by their ids; whoever asks first opens one, others wait for
/// it. In memory: a reader whose miner restarts opens a new one. Safe for concurrent use.
final class LaneTable {
  /// Lanes open at once; the oldest leave first.
  private static final int LANES_MAX = 4096;

  private final Clock clock;
  private final LaneOpener opener;
  private final Monitor monitor;
  private final Map<Hash, Promise<ServedLane>> lanes = new LinkedHashMap<>();

  LaneTable(Clock clock, LaneOpener opener) {
    this.clock = clock;
    this.opener = opener;
    this.monitor = new Monitor(clock);
  }

  /// The lane by its id; opened now if its channel is known and the segment is here.
  ///
  /// @param segment the chunk hash
  ServedLane lane(Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    Promise<ServedLane> promise;
    boolean ours = false;
    try (var _ = monitor.hold()) {
      Promise<ServedLane> known = lanes.get(id);
      if (known == null) {
        known = new Promise<>(clock);
        lanes.put(id, known);
        ours = true;
        if (lanes.size() > LANES_MAX) {
          lanes.remove(lanes.keySet().iterator().next());
        }
      }
      promise = known;
    }
    if (ours) {
      openInto(promise, id, segment, reader);
    }
    ServedLane lane =
        opened(promise)
            .orElseThrow(() -> new Refused(Status.UNAVAILABLE, "the lane could not be opened"));
    if (!lane.fixed().reader().equals(reader)) {
      throw new Refused(Status.FORBIDDEN, "lane of another reader");
    }
    return lane;
  }

  private void openInto(Promise<ServedLane> promise, Hash id, Hash segment, PeerId reader)
      throws Refused, IOException, InterruptedException {
    boolean open = false;
    try {
      promise.complete(opener.open(id, segment, reader));
      open = true;
    } catch (UnreadableCopy e) {
      throw e.refusal();
    } finally {
      if (!open) {
        try (var _ = monitor.hold()) {
          lanes.remove(id, promise);
        }
        promise.fail(new Refused(Status.UNAVAILABLE, "the lane could not be opened"));
      }
    }
  }

  /// Waits for a lane that somebody opens; empty when that fails.
  private static Optional<ServedLane> opened(Promise<ServedLane> promise)
      throws InterruptedException {
    try {
      return Optional.of(promise.await());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  /// The lane with this id, if it is open.
  Optional<ServedLane> find(Hash id) throws InterruptedException {
    Optional<Promise<ServedLane>> promise;
    try (var _ = monitor.hold()) {
      promise = Optional.ofNullable(lanes.get(id)).filter(Promise::isDone);
    }
    return promise.isPresent() ? opened(promise.get()) : Optional.empty();
  }

  /// Those that are open.
  List<ServedLane> all() throws InterruptedException {
    List<Hash> ids;
    try (var _ = monitor.hold()) {
      ids = List.copyOf(lanes.keySet());
    }
    List<ServedLane> open = new ArrayList<>();
    for (Hash id : ids) {
      find(id).ifPresent(open::add);
    }
    return open;
  }

  /// Forgets a lane that is over.
  void remove(ServedLane lane) {
    try (var _ = monitor.hold()) {
      lanes.remove(lane.fixed().id());
    }
  }

  /// Wei that the other lanes of a lane's channel take of the grant.
  BigInteger takenElsewhere(ServedLane lane) throws InterruptedException {
    return all().stream()
        .filter(other -> other != lane && other.channel().equals(lane.channel()))
        .map(ServedLane::taken)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
