package io.ppio.api.cli;

import io.ppio.api.json.Json;
import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Follows a task to its end: the documented lines in a pipe, a bar on a terminal (interface
/// specification 4.1).
final class JobWatcher {
  private static final long POLL_MILLIS = 1_000;

  /// A finished transfer of a small object should not cost a second: the first polls come sooner.
  private static final long[] FIRST_POLLS_MILLIS = {10, 20, 40, 80, 160, 320};

  private static final int BAR_WIDTH = 30;

  private final DaemonClient client;
  private final Console console;

  JobWatcher(DaemonClient client, Console console) {
    this.client = client;
    this.console = console;
  }

  /// Waits until `task` has ended.
  ///
  /// @return its last progress
  /// @throws CliFailure with the documented lines printed when it ended Paused or Error
  JsonNode follow(String task, String action)
      throws CliFailure, DaemonFailure, InterruptedException {
    String shown = "progress:" + action + " 0/1";
    show(shown, 0, 1, 0);
    long started = System.nanoTime();
    for (int poll = 0; ; poll++) {
      JsonNode progress = client.call("GetJobProgress", task);
      long finished = progress.path("FinishedBytes").asLong(0);
      long total = progress.path("TotalBytes").asLong(1);
      String line =
          "progress:" + progress.path("Action").asString(action) + " " + finished + "/" + total;
      String state = progress.path("JobState").asString("");
      boolean waiting = state.equals("Pending") || state.equals("Running");
      if (!line.equals(shown) || console.terminal()) {
        shown = line;
        show(line, finished, total, System.nanoTime() - started);
      }
      if (!waiting) {
        end(progress, state);
        return progress;
      }
      Thread.sleep(poll < FIRST_POLLS_MILLIS.length ? FIRST_POLLS_MILLIS[poll] : POLL_MILLIS);
    }
  }

  private void end(JsonNode progress, String state) throws CliFailure, DaemonFailure {
    if (console.terminal()) {
      console.err().print("\n");
      console.err().flush();
    }
    if (!state.equals("Finished")) {
      console.line(Json.pretty(progress));
      console.line("progress err " + state);
      throw CliFailure.progress("progress err " + state);
    }
  }

  private void show(String line, long finished, long total, long nanos) {
    if (!console.terminal()) {
      console.line(line);
      return;
    }
    int full = (int) (BAR_WIDTH * finished / Math.max(1, total));
    double seconds = Math.max(1e-3, nanos / 1e9);
    console
        .err()
        .printf(
            Locale.ROOT,
            "\r[%s%s] %3d%% %.1f MB/s ",
            "=".repeat(full),
            " ".repeat(BAR_WIDTH - full),
            100 * finished / Math.max(1, total),
            finished / seconds / 1e6);
    console.err().flush();
  }
}
