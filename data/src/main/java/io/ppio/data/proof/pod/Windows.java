package io.ppio.data.proof.pod;

import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Check;

/// How the pieces of a segment are cut into windows: window j is pieces j·w to j·w + w - 1.
///
/// @param pieces of the segment, 1 to 128
/// @param size w, pieces in a window, 1 to [#SIZE_MAX]; the last window may be shorter
public record Windows(int pieces, int size) {
  /// Pieces in a window unless a lane says otherwise.
  public static final int SIZE_DEFAULT = 8;

  /// Pieces in a window at most.
  public static final int SIZE_MAX = 64;

  public Windows {
    Check.range(pieces, 1, Tile.PER_SEGMENT_MAX, "pieces");
    Check.range(size, 1, SIZE_MAX, "window");
  }

  /// Windows of the default size.
  public static Windows standard(int pieces) {
    return new Windows(pieces, SIZE_DEFAULT);
  }

  /// Number of windows.
  public int count() {
    return Math.ceilDiv(pieces, size);
  }

  /// The window of a piece.
  public int of(int piece) {
    Check.range(piece, 0, pieces - 1L, "piece");
    return piece / size;
  }

  /// The first piece of a window.
  public int first(int window) {
    Check.range(window, 0, count() - 1L, "window");
    return window * size;
  }

  /// How many pieces a window has.
  public int length(int window) {
    return Math.min(size, pieces - first(window));
  }
}
