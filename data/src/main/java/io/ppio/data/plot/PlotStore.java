package io.ppio.data.plot;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.plot.PlotRecords.PlotRecord;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The records of a plot in its store; see [PlotRecords].
///
/// Safe for use by any number of tasks.
final class PlotStore implements AutoCloseable {
  private static final int VERSION_MAX = 255;

  private final Path folder;
  private final Store store;

  PlotStore(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
  }

  /// Decodes a record that this program wrote.
  @FunctionalInterface
  private interface Decoder<T> {
    T decode() throws MalformedMessage;
  }

  private <T> T read(Decoder<T> decoder) throws UnreadableFile {
    try {
      return decoder.decode();
    } catch (MalformedMessage e) {
      throw new UnreadableFile(folder + " has a bad record: " + e.getMessage());
    }
  }

  Store store() {
    return store;
  }

  /// The record of the plot itself, absent in a new store.
  ///
  /// @throws UnreadableFile when another version of the program made the store
  Optional<PlotRecord> plot() throws IOException {
    Optional<Bytes> value = store.get(PlotRecords.PLOT);
    if (value.isPresent()) {
      return Optional.of(read(() -> PlotRecords.decodePlot(value.get())));
    }
    for (int version = 0; version <= VERSION_MAX; version++) {
      if (store.get(PlotRecords.plotKeyOfVersion(version)).isPresent()) {
        throw new UnreadableFile(
            folder + " has format " + version + ", this program reads " + PlotRecords.VERSION);
      }
    }
    return Optional.empty();
  }

  void put(PlotRecord plot) throws IOException {
    commit(new StoreBatch().put(PlotRecords.PLOT, PlotRecords.encode(plot)), Durability.SYNCED);
  }

  Optional<Segment> segment(Hash rid) throws IOException {
    Optional<Bytes> value = store.get(PlotRecords.segmentKey(rid));
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(read(() -> PlotRecords.decodeSegment(rid, value.get())));
  }

  Optional<TileRecord> tile(int index) throws IOException {
    Optional<Bytes> value = store.get(PlotRecords.tileKey(index));
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(read(() -> PlotRecords.decodeTile(value.get())));
  }

  /// Sees one segment.
  @FunctionalInterface
  interface SegmentVisitor {
    /// @return whether to go on
    boolean see(Segment segment) throws IOException;
  }

  /// Calls `visitor` for each segment in order of rid, as of the moment of the call.
  void segments(SegmentVisitor visitor) throws IOException {
    store.scan(
        PlotRecords.from('S'),
        PlotRecords.to('S'),
        (key, value) ->
            visitor.see(read(() -> PlotRecords.decodeSegment(PlotRecords.rid(key), value))));
  }

  /// Sees one tile with a record.
  @FunctionalInterface
  interface TileVisitor {
    void see(int index, TileRecord tile) throws IOException;
  }

  /// Calls `visitor` for each tile that has a record, ascending.
  void tiles(TileVisitor visitor) throws IOException {
    store.scan(
        PlotRecords.from('T'),
        PlotRecords.to('T'),
        (key, value) -> {
          visitor.see(
              read(() -> PlotRecords.tileIndex(key)), read(() -> PlotRecords.decodeTile(value)));
          return true;
        });
  }

  /// Checks that the records allow all tiles of `extents` to become `next`: a tile that two
  /// segments claim, however that came about, stops the change before it is made.
  ///
  /// @throws IllegalStateException when one may not
  void checkMayBecome(List<Extent> extents, TileState next) throws IOException {
    for (Extent extent : extents) {
      int[] seen = {0};
      store.scan(
          PlotRecords.tileKey(extent.start()),
          PlotRecords.tileKey(extent.end()),
          (_, value) -> {
            checkMayBecome(read(() -> PlotRecords.decodeTile(value)).state(), next, extent);
            seen[0]++;
            return true;
          });
      if (seen[0] < extent.count()) {
        checkMayBecome(TileState.EMPTY, next, extent);
      }
    }
  }

  private static void checkMayBecome(TileState state, TileState next, Extent extent) {
    Check.that(
        state.mayBecome(next), "a tile of " + extent + " is " + state + ", not to be " + next);
  }

  /// Adds to `batch` that all tiles of `extents` become `state`, which is not DATA.
  static void putTiles(StoreBatch batch, List<Extent> extents, TileState state) {
    Bytes value = PlotRecords.encode(new TileRecord.Other(state));
    for (Extent extent : extents) {
      for (int index = extent.start(); index < extent.end(); index++) {
        batch.put(PlotRecords.tileKey(index), value);
      }
    }
  }

  void commit(StoreBatch batch, Durability durability) throws IOException {
    if (!store.commit(batch, durability)) {
      throw new IllegalStateException("a batch without expectations is always applied");
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
