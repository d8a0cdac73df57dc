package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import java.util.List;

/// What opening a plot found.
///
/// @param segments durable segments
/// @param abandonedTiles tiles that were reserved when the node stopped; freed now
/// @param checkedSegments segments committed shortly before the stop, whose tile roots were
///   compared
/// @param damaged those of them that did not read back; they stay stored until freed
public record Recovery(long segments, int abandonedTiles, int checkedSegments, List<Hash> damaged) {
  public Recovery {
    damaged = List.copyOf(damaged);
  }
}
