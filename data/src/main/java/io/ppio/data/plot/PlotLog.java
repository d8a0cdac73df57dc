package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import io.ppio.data.segment.TileRead;
import io.ppio.env.Log;
import java.nio.file.Path;

/// Events of plots.
final class PlotLog {
  private final Log log;
  private final Path folder;

  PlotLog(Log log, Path folder) {
    this.log = log;
    this.folder = folder;
  }

  void opened(Recovery recovery, PlotUsage usage) {
    log.info(
        "plot-opened",
        "folder",
        folder,
        "segments",
        recovery.segments(),
        "tiles",
        usage.tiles(),
        "free",
        usage.free().total(),
        "abandoned-tiles",
        recovery.abandonedTiles(),
        "checked-segments",
        recovery.checkedSegments());
  }

  void damagedAtStart(Hash rid) {
    log.error("plot-segment-damaged", "folder", folder, "rid", rid);
  }

  void damagedTile(Hash rid, TileRead read) {
    log.error("plot-tile-damaged", "folder", folder, "rid", rid, "found", read);
  }
}
