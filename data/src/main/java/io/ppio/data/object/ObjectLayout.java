package io.ppio.data.object;

import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Check;

/// Where the segments of an object begin and end (data and proofs specification 1.2). An object of
/// no bytes has no segments and no layout.
///
/// @param length bytes of the object, at least 1 and at most 2^31 - 1 segments
/// @param segmentBytes 16 MiB, less in test networks; a whole number of tiles
public record ObjectLayout(long length, int segmentBytes) {
  /// Bytes of a segment in real networks, and the most that any network may set.
  public static final int SEGMENT = 16_777_216;

  public ObjectLayout {
    Check.range(segmentBytes, Tile.SIZE, SEGMENT, "segmentBytes");
    Check.that(segmentBytes % Tile.SIZE == 0, "segments are whole tiles");
    Check.range(length, 1, (long) Integer.MAX_VALUE * segmentBytes, "length");
  }

  /// Number of segments.
  public int segments() {
    return Math.toIntExact((length + segmentBytes - 1) / segmentBytes);
  }

  /// First byte of a segment in the object.
  public long offset(int segment) {
    return (long) segment * segmentBytes;
  }

  /// Bytes of a segment without padding.
  public int size(int segment) {
    Check.range(segment, 0, segments() - 1L, "segment");
    return (int) Math.min(segmentBytes, length - offset(segment));
  }

  /// Tiles of a segment.
  public int tiles(int segment) {
    return Tile.count(size(segment));
  }
}
