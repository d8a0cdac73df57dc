package io.ppio.network.peer;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The newest record of each peer that was met, and the endpoint at which it last answered.
///
/// Keeps a bounded number of peers, the longest unused leave first. In memory only: a node learns
/// it anew from the directory, the DHT and the greetings. Safe for use by any number of tasks.
public final class AddressTable {
  private record Entry(Optional<PeerRecord> record, Optional<Endpoint> answered) {}

  private final Monitor monitor;
  private final int capacity;
  private final boolean lan;
  private final SequencedMap<PeerId, Entry> entries = new LinkedHashMap<>();
  private final Map<PeerId, List<Endpoint>> given = new HashMap<>();

  /// @param capacity peers kept at most
  /// @param lan whether private and loopback addresses that peers name count (network specification
  ///   1.9)
  public AddressTable(Clock clock, int capacity, boolean lan) {
    this.monitor = new Monitor(clock);
    this.capacity = Check.positive(capacity, "capacity");
    this.lan = lan;
  }

  /// Keeps `record`, whose signature the caller has checked, unless a newer one is known.
  ///
  /// @return whether it was new
  public boolean learn(PeerRecord record) {
    try (var _ = monitor.hold()) {
      Entry old = entry(record.peerId());
      if (old.record().isPresent() && old.record().get().seq() >= record.seq()) {
        return false;
      }
      put(record.peerId(), new Entry(Optional.of(record), old.answered()));
      return true;
    }
  }

  /// Notes that `peer` answered at `endpoint`.
  public void answered(PeerId peer, Endpoint endpoint) {
    try (var _ = monitor.hold()) {
      put(peer, new Entry(entry(peer).record(), Optional.of(endpoint)));
    }
  }

  /// Keeps where the operator or the genesis says that `contact` is, private addresses too. Not
  /// bounded: called for what the node was started with.
  public void give(Contact contact) {
    try (var _ = monitor.hold()) {
      given.computeIfAbsent(contact.id(), _ -> new ArrayList<>()).addAll(contact.endpoints());
    }
  }

  /// Where to try for `contact`: where it last answered, what the operator says, what the caller
  /// heard, what its record says; each once.
  public List<Endpoint> endpoints(Contact contact) {
    List<Endpoint> found = new ArrayList<>();
    try (var _ = monitor.hold()) {
      Entry entry = entry(contact.id());
      entry.answered().ifPresent(found::add);
      found.addAll(given.getOrDefault(contact.id(), List.of()));
      found.addAll(usable(contact.endpoints()));
      entry.record().ifPresent(record -> found.addAll(usable(record.endpoints())));
    }
    return found.stream().distinct().toList();
  }

  private List<Endpoint> usable(List<Endpoint> endpoints) {
    return endpoints.stream().filter(e -> lan || !e.local()).toList();
  }

  /// The newest record of `peer`.
  public Optional<PeerRecord> record(PeerId peer) {
    try (var _ = monitor.hold()) {
      return entry(peer).record();
    }
  }

  private Entry entry(PeerId peer) {
    Entry entry = entries.get(peer);
    return entry == null ? new Entry(Optional.empty(), Optional.empty()) : entry;
  }

  private void put(PeerId peer, Entry entry) {
    entries.remove(peer);
    entries.putLast(peer, entry);
    if (entries.size() > capacity) {
      entries.pollFirstEntry();
    }
  }
}
