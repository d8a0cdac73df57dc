package io.ppio.api.daemon;

import io.ppio.api.json.Json;
import io.ppio.env.Clock;
import io.ppio.env.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a node says about itself to `status.json` once a second, replaced atomically.
///
/// For operators and tests: a file needs no port, no token and no client.
final class StatusFile {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Clock clock;
  private final Path folder;
  private final Callable<Counters<?>> ofRole;
  private final Counters<?> ofTransport;
  private final Callable<List<?>> latest;

  /// @param latest what happened last, an item a text
  StatusFile(
      Clock clock,
      Path folder,
      Callable<Counters<?>> ofRole,
      Counters<?> ofTransport,
      Callable<List<?>> latest) {
    this.clock = clock;
    this.folder = folder;
    this.ofRole = ofRole;
    this.ofTransport = ofTransport;
    this.latest = latest;
  }

  /// Writes until cancelled.
  void run() throws InterruptedException {
    while (true) {
      try {
        write();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.warn("status file not written: {}", e.getMessage());
      }
      clock.sleep(EVERY);
    }
  }

  private void write() throws Exception {
    ObjectNode json = Json.object();
    ofRole.call().figures().forEach(json::put);
    ofTransport.figures().forEach(json::put);
    ArrayNode texts = json.putArray("latest");
    latest.call().forEach(each -> texts.add(String.valueOf(each)));
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
