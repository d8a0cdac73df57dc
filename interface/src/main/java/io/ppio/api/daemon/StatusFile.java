package io.ppio.api.daemon;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a node says about itself to `status.json` once a second, replaced atomically.
///
/// For operators and tests: a file needs no port, no token and no client.
final class StatusFile {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Path folder;
  private final Callable<Map<String, Long>> status;

  StatusFile(Path folder, Callable<Map<String, Long>> status) {
    this.folder = folder;
    this.status = status;
  }

  /// Writes until interrupted.
  void run() throws InterruptedException {
    while (true) {
      try {
        write();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.warn("status file not written: {}", e.getMessage());
      }
      Thread.sleep(EVERY);
    }
  }

  private void write() throws Exception {
    ObjectNode json = Json.object();
    status.call().forEach(json::put);
    Path aside = folder.resolve("status.json.new");
    Files.writeString(aside, Json.pretty(json) + "\n");
    try {
      Files.move(aside, folder.resolve("status.json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(aside);
      throw e;
    }
  }
}
