package io.ppio.data.plot;

import io.ppio.env.Check;
import io.ppio.physical.disk.Extent;
import io.ppio.physical.disk.TileAllocator;
import io.ppio.physical.disk.TileAllocator.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Which tiles of a plot are free and how many are in which state, in memory.
///
/// Follows the records: a tile is released here only after the record that frees it was committed,
/// so that no other segment can get it while a restart could still find it in use.
///
/// Safe for use by any number of tasks; no call waits.
final class PlotTiles {
  private final ReentrantLock lock = new ReentrantLock();
  private final int tiles;
  private final TileAllocator allocator;
  private final BitSet failing = new BitSet();
  private int reserved;
  private int data;
  private int bad;

  /// @param tiles in the plot; each is to be [added][#add]
  PlotTiles(int tiles) {
    this.tiles = tiles;
    this.allocator = new TileAllocator(tiles);
  }

  /// Adds tiles as found at start, where none is reserved any more.
  void add(Extent extent, TileState state) {
    lock.lock();
    try {
      switch (state) {
        case EMPTY -> allocator.release(extent, Kind.EMPTY);
        case LABEL -> allocator.release(extent, Kind.LABEL);
        case FREED -> allocator.release(extent, Kind.FREED);
        case DATA -> data += extent.count();
        case BAD -> bad += extent.count();
        case RESERVED -> throw new IllegalStateException("reserved tiles are freed at start");
      }
    } finally {
      lock.unlock();
    }
  }

  /// Reserves `count` tiles; empty when fewer are free.
  Optional<List<Extent>> reserve(int count) {
    lock.lock();
    try {
      Optional<List<Extent>> extents = allocator.allocate(count);
      if (extents.isPresent()) {
        reserved += count;
      }
      return extents;
    } finally {
      lock.unlock();
    }
  }

  /// Reserved tiles became a segment.
  void stored(List<Extent> extents) {
    lock.lock();
    try {
      reserved -= count(extents);
      data += count(extents);
      Check.that(reserved >= 0, "more tiles stored than reserved");
    } finally {
      lock.unlock();
    }
  }

  /// A segment or a reservation ended, and its tiles went two ways.
  ///
  /// @param from RESERVED or DATA
  void released(TileState from, Fate fate) {
    lock.lock();
    try {
      int all = count(fate.freed()) + count(fate.bad());
      if (from == TileState.DATA) {
        data -= all;
      } else {
        reserved -= all;
      }
      Check.that(data >= 0 && reserved >= 0, "more tiles released than were in use");
      bad += count(fate.bad());
      fate.bad().forEach(extent -> failing.clear(extent.start(), extent.end()));
      fate.freed().forEach(extent -> allocator.release(extent, Kind.FREED));
    } finally {
      lock.unlock();
    }
  }

  /// Where the tiles of an ended segment go.
  ///
  /// @param freed to those that can be used again
  /// @param bad to those on which the disk failed
  record Fate(List<Extent> freed, List<Extent> bad) {}

  /// Remembers that the disk failed on tile `index`, for when its segment ends.
  void failed(int index) {
    lock.lock();
    try {
      failing.set(index);
    } finally {
      lock.unlock();
    }
  }

  /// Splits `extents` by what the disk did on them.
  Fate fate(List<Extent> extents) {
    lock.lock();
    try {
      List<Extent> freed = new ArrayList<>();
      List<Extent> worn = new ArrayList<>();
      for (Extent extent : extents) {
        for (int at = extent.start(); at < extent.end(); ) {
          boolean fails = failing.get(at);
          int next = fails ? failing.nextClearBit(at) : failing.nextSetBit(at);
          int end = next < 0 ? extent.end() : Math.min(next, extent.end());
          (fails ? worn : freed).add(new Extent(at, end - at));
          at = end;
        }
      }
      return new Fate(freed, worn);
    } finally {
      lock.unlock();
    }
  }

  private static int count(List<Extent> extents) {
    return extents.stream().mapToInt(Extent::count).sum();
  }

  PlotUsage usage() {
    lock.lock();
    try {
      PlotUsage.Free free =
          new PlotUsage.Free(
              allocator.free(Kind.EMPTY), allocator.free(Kind.LABEL), allocator.free(Kind.FREED));
      return new PlotUsage(tiles, free, reserved, data, bad);
    } finally {
      lock.unlock();
    }
  }
}
