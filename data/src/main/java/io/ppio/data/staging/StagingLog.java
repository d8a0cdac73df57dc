package io.ppio.data.staging;

import io.ppio.env.Log;
import java.nio.file.Path;

/// Events of staging.
final class StagingLog {
  private final Log log;
  private final Path folder;

  StagingLog(Log log, Path folder) {
    this.log = log;
    this.folder = folder;
  }

  void opened(int uploads, int dropped) {
    log.info("staging-opened", "folder", folder, "uploads", uploads, "dropped", dropped);
  }

  void fileMissing(String id) {
    log.error("staging-file-missing", "folder", folder, "id", id);
  }

  void uploadExpired(String id) {
    log.info("staging-upload-expired", "folder", folder, "id", id);
  }
}
