package io.ppio.api.daemon;

import io.ppio.api.json.Json;
import io.ppio.env.Clock;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  private final Clock clock;
  private final Path folder;
  private final Callable<?> status;

  /// @param status a map of figures, or a record whose components are figures or lists
  StatusFile(Clock clock, Path folder, Callable<?> status) {
    this.clock = clock;
    this.folder = folder;
    this.status = status;
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
    Object shown = status.call();
    figures(shown).forEach((name, figure) -> json.put(name, figure));
    lists(shown).forEach((name, list) -> list.forEach(json.putArray(name)::add));
    Path aside = folder.resolve("status.json.new");
    Files.writeString(aside, Json.pretty(json) + "\n");
    try {
      Files.move(aside, folder.resolve("status.json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(aside);
      throw e;
    }
  }

  private static Map<String, Long> figures(Object status) throws ReflectiveOperationException {
    Map<String, Long> figures = new LinkedHashMap<>();
    if (status instanceof Map<?, ?> map) {
      map.forEach(
          (name, figure) -> figures.put(String.valueOf(name), ((Number) figure).longValue()));
    } else {
      for (RecordComponent component : status.getClass().getRecordComponents()) {
        if (component.getAccessor().invoke(status) instanceof Number figure) {
          figures.put(dashed(component.getName()), figure.longValue());
        }
      }
    }
    return figures;
  }

  /// Components that are lists, of which each item is one text.
  private static Map<String, List<String>> lists(Object status)
      throws ReflectiveOperationException {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    if (status instanceof Record) {
      for (RecordComponent component : status.getClass().getRecordComponents()) {
        if (component.getAccessor().invoke(status) instanceof List<?> list) {
          lists.put(dashed(component.getName()), list.stream().map(String::valueOf).toList());
        }
      }
    }
    return lists;
  }

  /// `proofsAccepted` as `proofs-accepted`.
  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
