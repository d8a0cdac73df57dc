package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.env.Check;
import io.ppio.env.StoreBatch;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.TileFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Tiles of a plot promised to one segment: write them all, then [#commit].
///
/// Closing it without a commit frees the tiles. [#write] may be called by several tasks at once for
/// different tiles; [#commit] and [#close] by one task when all writes have returned.
public final class Reservation implements AutoCloseable {
  private enum Status {
    OPEN,
    COMMITTED,
    CLOSED
  }

  private final Plot plot;
  private final List<Extent> extents;
  private final int tiles;

  /// Guards the fields below.
  private final ReentrantLock lock = new ReentrantLock();

  private final int[] checksums;
  private final BitSet written = new BitSet();
  private Status status = Status.OPEN;

  Reservation(Plot plot, List<Extent> extents) {
    this.plot = plot;
    this.extents = List.copyOf(extents);
    this.tiles = extents.stream().mapToInt(Extent::count).sum();
    this.checksums = new int[tiles];
  }

  /// Writes tile `tile` of the segment, in any order; a tile written again is replaced.
  ///
  /// @param tile from 0
  /// @param content exactly 128 KiB of the sealed form; consumed
  /// @throws IOException when the disk does not take it; the tile is not used again after the
  ///   reservation was closed
  public void write(int tile, ByteBuffer content) throws IOException {
    Check.range(tile, 0, tiles - 1L, "tile");
    int checksum = TileFile.checksum(content);
    lock.lock();
    try {
      Check.that(status == Status.OPEN, "write to an ended reservation");
      written.clear(tile);
    } finally {
      lock.unlock();
    }
    plot.writeTile(Segment.indexOf(extents, tile), content);
    lock.lock();
    try {
      checksums[tile] = checksum;
      written.set(tile);
    } finally {
      lock.unlock();
    }
  }

  /// Makes the segment durable. When this returns true, the segment reads back after a crash at any
  /// later moment.
  ///
  /// @param replica what was written
  /// @param tileRoots the roots of the tiles in order; their root is `replica.roots().rt()`
  /// @return false when the plot has a segment with this rid already; the tiles stay reserved until
  ///   [#close]
  /// @throws IOException when it did not become durable or, on a plot that takes no more changes,
  ///   when only opening it again can tell
  /// @throws InterruptedException when the caller is cancelled; the segment is not stored then
  public boolean commit(Replica replica, List<Hash> tileRoots)
      throws IOException, InterruptedException {
    Check.that(tileRoots.size() == tiles, "a root for each tile");
    Check.that(ListRoot.root(tileRoots).equals(replica.roots().rt()), "roots that make RT");
    lock.lock();
    try {
      Check.that(status == Status.OPEN, "commit of an ended reservation");
      Check.that(written.cardinality() == tiles, "commit before all tiles were written");
    } finally {
      lock.unlock();
    }
    Instant now = Instant.ofEpochMilli(plot.clock().wallMillis());
    Segment segment = new Segment(replica, extents, SegmentState.SEALED, now, Optional.empty());
    return plot.commit(new Storing(segment, List.copyOf(tileRoots)));
  }

  private final class Storing implements GroupCommit.Change {
    private final Segment segment;
    private final List<Hash> roots;

    Storing(Segment segment, List<Hash> roots) {
      this.segment = segment;
      this.roots = roots;
    }

    @Override
    public Hash rid() {
      return segment.replica().rid();
    }

    @Override
    public boolean wroteTiles() {
      return true;
    }

    @Override
    public boolean addTo(StoreBatch batch) throws IOException {
      if (plot.segment(rid()).isPresent()) {
        return false;
      }
      plot.store().checkMayBecome(extents, TileState.DATA);
      batch.put(PlotRecords.segmentKey(rid()), PlotRecords.encode(segment));
      for (int tile = 0; tile < tiles; tile++) {
        TileRecord record = new TileRecord.Held(checksums[tile], rid(), tile, roots.get(tile));
        batch.put(PlotRecords.tileKey(segment.indexOf(tile)), PlotRecords.encode(record));
      }
      return true;
    }

    @Override
    public void applied() {
      lock.lock();
      try {
        status = Status.COMMITTED;
      } finally {
        lock.unlock();
      }
      plot.tiles().stored(extents);
    }
  }

  /// Frees the tiles unless they were committed. Idempotent.
  ///
  /// On a plot that takes no more changes it does nothing, since the tiles may belong to a segment
  /// that will be found when the plot is opened again.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (status != Status.OPEN) {
        return;
      }
      status = Status.CLOSED;
    } finally {
      lock.unlock();
    }
    plot.abandon(extents);
  }
}
