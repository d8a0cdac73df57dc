package io.ppio.data.plot;

import io.ppio.data.hash.Hash;
import io.ppio.env.Log;
import java.nio.file.Path;

/// Events of plots and staging.
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

  void stagingOpened(int uploads, int dropped) {
    log.info("staging-opened", "folder", folder, "uploads", uploads, "dropped", dropped);
  }

  void stagedFileMissing(String id) {
    log.error("staging-file-missing", "folder", folder, "id", id);
  }

  void uploadExpired(String id) {
    log.info("staging-upload-expired", "folder", folder, "id", id);
  }
}
