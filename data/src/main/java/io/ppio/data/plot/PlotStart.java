package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.TileFile;
import io.ppio.physical.disk.UnreadableFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What happens to a plot's records when it is opened: reserved tiles become freed, the allocator
/// is rebuilt, and the segments committed last are read and compared with their roots.
///
/// "Last" is counted back from the newest commit, not from now: after a long stop the segments at
/// risk are those written just before it.
final class PlotStart {
  /// Longer than any disk keeps written data in a volatile cache.
  private static final Duration CHECKED = Duration.ofSeconds(60);

  private static final int BATCH_TILES = 4096;

  private final PlotStore store;
  private final TileFile file;
  private final PlotTiles tiles;
  private final TileHasher hasher = new TileHasher();
  private final List<Integer> abandoned = new ArrayList<>();
  private int next;
  private long segments;
  private Instant newest = Instant.EPOCH;

  PlotStart(PlotStore store, TileFile file, PlotTiles tiles) {
    this.store = store;
    this.file = file;
    this.tiles = tiles;
  }

  Recovery run() throws IOException {
    store.tiles(this::count);
    addEmptyBefore(file.header().tiles());
    freeAbandoned();
    store.segments(this::noteTime);
    List<Segment> recent = new ArrayList<>();
    store.segments(segment -> {
      if (!segment.storedAt().isBefore(newest.minus(CHECKED))) {
        recent.add(segment);
      }
      return true;
    });
    List<Hash> damaged = new ArrayList<>();
    for (Segment segment : recent) {
      if (!readsBack(segment)) {
        damaged.add(segment.replica().rid());
      }
    }
    return new Recovery(segments, abandoned.size(), recent.size(), damaged);
  }

  private void count(int index, TileRecord tile) throws IOException {
    if (index >= file.header().tiles()) {
      throw new UnreadableFile(file.path() + " is smaller than its records say");
    }
    addEmptyBefore(index);
    next = index + 1;
    if (tile.state() == TileState.RESERVED) {
      abandoned.add(index);
    } else {
      tiles.add(new Extent(index, 1), tile.state());
    }
  }

  private void addEmptyBefore(int index) {
    if (index > next) {
      tiles.add(new Extent(next, index - next), TileState.EMPTY);
    }
  }

  private void freeAbandoned() throws IOException {
    for (int from = 0; from < abandoned.size(); from += BATCH_TILES) {
      StoreBatch batch = new StoreBatch();
      List<Integer> part = abandoned.subList(from, Math.min(from + BATCH_TILES, abandoned.size()));
      for (int index : part) {
        PlotStore.putTiles(batch, List.of(new Extent(index, 1)), TileState.FREED);
      }
      store.commit(batch, Durability.UNSYNCED);
    }
    abandoned.forEach(index -> tiles.add(new Extent(index, 1), TileState.FREED));
  }

  private boolean noteTime(Segment segment) {
    segments++;
    if (segment.storedAt().isAfter(newest)) {
      newest = segment.storedAt();
    }
    return true;
  }

  private boolean readsBack(Segment segment) throws IOException {
    byte[] content = new byte[TileFile.TILE_BYTES];
    for (int tile = 0; tile < segment.tiles(); tile++) {
      int index = segment.indexOf(tile);
      if (!(store.tile(index).orElse(new TileRecord.Other(TileState.EMPTY))
              instanceof TileRecord.Held held)
          || !held.rid().equals(segment.replica().rid())
          || held.tile() != tile
          || !matches(index, held, content)) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(int index, TileRecord.Held held, byte[] content) {
    try {
      return file.read(index, content) == held.crc32c()
          && hasher.root(content, 0).equals(held.root());
    } catch (IOException _) {
      // Counted in the file's health; a tile that cannot be read does not read back.
      return false;
    }
  }
}
