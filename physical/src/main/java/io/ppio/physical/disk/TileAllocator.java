package io.ppio.physical.disk;

import io.ppio.env.Check;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which tiles of a file are free, and which to take next.
///
/// Order of preference (data and proofs specification 1.7): freed tiles first, since their labels
/// are gone already; then tiles that never had labels; then labelled ones, whose loss costs proven
/// space. Within one kind: the lowest run that holds the whole request, so that cells fill one
/// after the other; where no run does, the longest runs, so that a segment has few extents.
///
/// One bit a tile and kind. An allocation reads each bitmap at most three times, 64 tiles a step:
/// well under a millisecond for the 2^23 tiles of a TiB.
///
/// A plain structure, rebuilt at start from its owner's records and guarded by its owner.
public final class TileAllocator {
  /// Kinds of free tiles in the order in which they are taken.
  public enum Kind {
    /// Held data once.
    FREED,
    /// Never held anything.
    EMPTY,
    /// Holds labels that prove free space.
    LABEL
  }

  private static final class Free {
    private final BitSet bits = new BitSet();
    private int count;
  }

  private final int tiles;
  private final Map<Kind, Free> free = new EnumMap<>(Kind.class);

  /// All tiles are in use until they are [released][#release].
  ///
  /// @param tiles in the file, 1 to [TileFile#TILES_MAX]
  public TileAllocator(int tiles) {
    this.tiles = (int) Check.range(tiles, 1, TileFile.TILES_MAX, "tiles");
  }

  private Free of(Kind kind) {
    return free.computeIfAbsent(kind, _ -> new Free());
  }

  /// Makes tiles in use free.
  ///
  /// @throws IllegalStateException when one of them is free already
  public void release(Extent extent, Kind kind) {
    Check.range(extent.end(), 1, tiles, "end of extent");
    for (Free any : free.values()) {
      int next = any.bits.nextSetBit(extent.start());
      Check.that(next < 0 || next >= extent.end(), "tile in " + extent + " is free already");
    }
    Free target = of(kind);
    target.bits.set(extent.start(), extent.end());
    target.count += extent.count();
  }

  /// Takes `count` free tiles.
  ///
  /// @return extents in ascending order, none touching another; empty when fewer tiles are free
  public Optional<List<Extent>> allocate(int count) {
    Check.positive(count, "count");
    if (count > free()) {
      return Optional.empty();
    }
    List<Extent> taken = new ArrayList<>();
    int left = count;
    for (Kind kind : Kind.values()) {
      Free from = of(kind);
      int part = Math.min(left, from.count);
      if (part > 0) {
        for (Extent extent : choose(from, part)) {
          from.bits.clear(extent.start(), extent.end());
          taken.add(extent);
        }
        from.count -= part;
        left -= part;
      }
    }
    return Optional.of(merged(taken));
  }

  /// Free tiles of all kinds.
  public int free() {
    return free.values().stream().mapToInt(kind -> kind.count).sum();
  }

  /// Free tiles of one kind.
  public int free(Kind kind) {
    return of(kind).count;
  }

  private static List<Extent> choose(Free from, int count) {
    BitSet bits = from.bits;
    int[] runsOfLength = new int[count];
    for (int start = bits.nextSetBit(0); start >= 0; ) {
      int end = bits.nextClearBit(start);
      if (end - start >= count) {
        return List.of(new Extent(start, count));
      }
      runsOfLength[end - start]++;
      start = bits.nextSetBit(end);
    }
    return longest(bits, count, runsOfLength);
  }

  /// All runs longer than the shortest length needed, and as many of that length as needed.
  private static List<Extent> longest(BitSet bits, int count, int[] runsOfLength) {
    int shortest = count;
    long above = 0;
    while (true) {
      shortest--;
      long atLength = (long) runsOfLength[shortest] * shortest;
      if (above + atLength >= count) {
        break;
      }
      above += atLength;
    }
    int left = count - (int) above;
    List<Extent> chosen = new ArrayList<>();
    for (int start = bits.nextSetBit(0); start >= 0; ) {
      int end = bits.nextClearBit(start);
      int length = end - start;
      if (length > shortest) {
        chosen.add(new Extent(start, length));
      } else if (length == shortest && left > 0) {
        chosen.add(new Extent(start, Math.min(length, left)));
        left -= Math.min(length, left);
      }
      start = bits.nextSetBit(end);
    }
    return chosen;
  }

  private static List<Extent> merged(List<Extent> extents) {
    Collections.sort(extents);
    List<Extent> merged = new ArrayList<>();
    for (Extent next : extents) {
      if (!merged.isEmpty() && merged.getLast().end() == next.start()) {
        Extent before = merged.removeLast();
        merged.add(new Extent(before.start(), before.count() + next.count()));
      } else {
        merged.add(next);
      }
    }
    return List.copyOf(merged);
  }
}
