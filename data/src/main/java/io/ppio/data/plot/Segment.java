package io.ppio.data.plot;

import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Check;
import io.ppio.physical.disk.Extent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A durable segment of a plot.
///
/// @param replica what it is
/// @param extents where its tiles are, in the order of the segment; 1 to 128 tiles
/// @param state how far it has come
/// @param storedAt when it was committed, to the millisecond
/// @param activatedAt when its first proof was accepted
public record Segment(
    Replica replica,
    List<Extent> extents,
    SegmentState state,
    Instant storedAt,
    Optional<Instant> activatedAt) {
  /// Tiles in a segment at most: 16 MiB.
  public static final int TILES_MAX = Tile.PER_SEGMENT_MAX;

  public Segment {
    extents = List.copyOf(extents);
    Check.range(tilesIn(extents), 1, TILES_MAX, "tiles of a segment");
    Check.that(
        (state == SegmentState.ACTIVE) == activatedAt.isPresent(),
        "an active segment has a time of activation, another has not");
  }

  private static long tilesIn(List<Extent> extents) {
    return extents.stream().mapToLong(Extent::count).sum();
  }

  /// T, the number of tiles.
  public int tiles() {
    return (int) tilesIn(extents);
  }

  /// Where in the plot tile `tile` of the segment is.
  ///
  /// @param tile 0 to T - 1
  public int indexOf(int tile) {
    return indexOf(extents, tile);
  }

  static int indexOf(List<Extent> extents, int tile) {
    int left = tile;
    for (Extent extent : extents) {
      if (left < extent.count()) {
        return extent.start() + left;
      }
      left -= extent.count();
    }
    throw new IllegalArgumentException("tile " + tile + " is beyond the segment");
  }

  Segment activated(Instant at) {
    return new Segment(replica, extents, SegmentState.ACTIVE, storedAt, Optional.of(at));
  }
}
