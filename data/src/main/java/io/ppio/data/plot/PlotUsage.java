package io.ppio.data.plot;

import io.ppio.env.Check;

/// How many tiles of a plot are in which state.
///
/// @param tiles all
/// @param free allocatable: empty, label and freed
/// @param reserved promised to segments being written
/// @param data in durable segments
/// @param bad given up
public record PlotUsage(int tiles, Free free, int reserved, int data, int bad) {
  /// Allocatable tiles.
  ///
  /// @param empty never written
  /// @param label holding labels
  /// @param freed written once
  public record Free(int empty, int label, int freed) {
    /// All that a segment may take.
    public int total() {
      return empty + label + freed;
    }
  }

  public PlotUsage {
    Check.that(free.total() + reserved + data + bad == tiles, "every tile is in exactly one state");
  }
}
