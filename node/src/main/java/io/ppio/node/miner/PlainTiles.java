package io.ppio.node.miner;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.seal.SealCodec;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Permits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The unsealed form of the copies a miner holds, tile by tile.
///
/// A copy moves from staging into the plot while it is read, so where a tile lies is looked up for
/// every tile; only one that is in neither place while its record stays the same is damaged. A few
/// whole segments are kept, because the reader of a lane takes all of its segment; without them a
/// tile costs one read and one unsealing, so that readers bind no more memory than the tiles under
/// way. Safe for concurrent use.
final class PlainTiles {
  /// Unsealed segments kept: 128 MiB of the largest ones.
  private static final int CACHED_SEGMENTS = 8;

  /// Segments read into the cache at once.
  private static final int LOADING = 2;

  /// Hears of damage.
  @FunctionalInterface
  interface DamageListener {
    /// @param tile of D
    void found(Hash contract, int tile) throws IOException;
  }

  private final MinerStorage storage;
  private final CopyStore copies;
  private final DamageListener damage;
  private final Monitor monitor;
  private final Permits loading;

  /// Guarded by the monitor; in the order of last use.
  private final Map<Hash, byte[]> cached = new LinkedHashMap<>(16, 0.75f, true);

  PlainTiles(MinerStorage storage, CopyStore copies, Clock clock, DamageListener damage) {
    this.storage = storage;
    this.copies = copies;
    this.damage = damage;
    this.monitor = new Monitor(clock);
    this.loading = new Permits(clock, LOADING);
  }

  /// Reads one tile of D, checked against its root. Damage is told to the listener first.
  ///
  /// @throws UnreadableCopy when the miner does not hold the copy any more, or the disk does not
  ///   give what was stored
  void read(Hash contract, int tile, byte[] into) throws IOException {
    CopyRecord copy = held(contract);
    if (fromCache(contract, tile, into)) {
      return;
    }
    while (!storage.plain(copy, tile, into)) {
      CopyRecord now = held(contract);
      if (now.equals(copy)) {
        damage.found(contract, tile);
        throw UnreadableCopy.damaged(tile);
      }
      copy = now;
    }
  }

  private CopyRecord held(Hash contract) throws UnreadableCopy {
    Optional<CopyRecord> copy = copies.find(contract).filter(record -> record.state().readable());
    if (copy.isEmpty()) {
      forget(contract);
      throw UnreadableCopy.gone();
    }
    return copy.get();
  }

  private boolean fromCache(Hash contract, int tile, byte[] into) {
    Optional<byte[]> segment = segment(contract);
    segment.ifPresent(bytes -> System.arraycopy(bytes, tile * Tile.SIZE, into, 0, Tile.SIZE));
    return segment.isPresent();
  }

  private Optional<byte[]> segment(Hash contract) {
    try (var _ = monitor.hold()) {
      return Optional.ofNullable(cached.get(contract));
    }
  }

  /// Reads the whole copy into the cache, because its tiles will be asked for one after the other.
  ///
  /// @throws IOException as [#read]
  void keep(Hash contract) throws IOException, InterruptedException {
    loading.acquire(1);
    try {
      if (segment(contract).isPresent()) {
        return;
      }
      byte[] segment = new byte[held(contract).tiles() * Tile.SIZE];
      byte[] bytes = new byte[Tile.SIZE];
      for (int tile = 0; tile < segment.length / Tile.SIZE; tile++) {
        read(contract, tile, bytes);
        System.arraycopy(bytes, 0, segment, tile * Tile.SIZE, Tile.SIZE);
      }
      keep(contract, segment);
    } finally {
      loading.release(1);
    }
  }

  private void keep(Hash contract, byte[] segment) {
    try (var _ = monitor.hold()) {
      cached.put(contract, segment);
      if (cached.size() > CACHED_SEGMENTS) {
        cached.remove(cached.keySet().iterator().next());
      }
    }
  }

  private void forget(Hash contract) {
    try (var _ = monitor.hold()) {
      cached.remove(contract);
    }
  }

  /// The tiles of D of one copy; throws as [#read].
  SealCodec.Source source(Hash contract) {
    return (tile, into) -> read(contract, tile, into);
  }
}
