package io.ppio.check.sim;

import io.ppio.api.json.Json;
import io.ppio.check.sim.putget.Plant;
import io.ppio.check.sim.putget.PutGetWorld;
import io.ppio.check.sim.putget.PutGetWorld.Outcome;
import io.ppio.check.sim.report.Report;
import io.ppio.env.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The worlds of a range of seeds, one after the other or dealt to processes.
///
/// Worlds share nothing but the JVM; two in one would still meet in its locks, which the scheduler
/// of a world takes for a wake-up from outside. So each worker is a process. Worker k of n runs
/// every n-th seed from the k-th on and writes a line a seed; the parent reads them in the order of
/// the seeds.
final class SeedRunner {
  private final SeedRange range;
  private final Plant plant;
  private final Optional<PrintStream> console;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final MessageDigest traces;
  private Optional<Outcome> failed = Optional.empty();
  private Bytes lastTrace = Bytes.EMPTY;
  private long done;

  /// @param console shows progress
  SeedRunner(SeedRange range, Plant plant, Optional<PrintStream> console) {
    this.range = range;
    this.plant = plant;
    this.console = console;
    try {
      this.traces = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Runs all seeds up to the first that fails.
  ///
  /// @param printer gets each log line where there is one job
  void run(int jobs, Optional<Consumer<String>> printer) throws IOException {
    if (jobs > 1) {
      deal(jobs);
      return;
    }
    for (long seed = range.first(); seed <= range.last() && failed.isEmpty(); seed++) {
      take(PutGetWorld.run(seed, plant, printer));
    }
  }

  private void deal(int jobs) throws IOException {
    List<Process> workers = new ArrayList<>();
    try {
      List<BufferedReader> lines = new ArrayList<>();
      for (int k = 0; k < jobs; k++) {
        Process worker = start(new SeedRange(range.first() + k, range.last()), jobs);
        workers.add(worker);
        lines.add(worker.inputReader(StandardCharsets.UTF_8));
      }
      for (long seed = range.first(); seed <= range.last() && failed.isEmpty(); seed++) {
        String line = lines.get((int) ((seed - range.first()) % jobs)).readLine();
        if (line == null) {
          throw new IOException("the worker of seed " + seed + " ended before its time");
        }
        take(fromJson(line));
      }
    } finally {
      workers.forEach(Process::destroy);
    }
  }

  private Process start(SeedRange seeds, int jobs) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SimMain.class.getName(), "put-get"));
    command.addAll(List.of("--seeds", seeds.toString(), "--worker", "--jobs", "" + jobs));
    command.addAll(List.of("--plant", plant.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Runs every `jobs`-th seed of `range` and writes a line about each.
  static void work(SeedRange range, Plant plant, int jobs, PrintStream out) {
    for (long seed = range.first(); seed <= range.last(); seed += jobs) {
      out.println(Json.compact(toJson(PutGetWorld.run(seed, plant, Optional.empty()))));
      if (out.checkError()) {
        return; // nobody reads any more
      }
    }
  }

  private static ObjectNode toJson(Outcome outcome) {
    ObjectNode json = Json.object().put("seed", outcome.seed());
    json.put("trace", outcome.trace().hex());
    outcome.failure().ifPresent(how -> json.put("failure", how));
    ObjectNode counts = json.putObject("counts");
    outcome.counts().forEach(counts::put);
    return json;
  }

  private static Outcome fromJson(String line) throws IOException {
    try {
      JsonNode json = Json.parse(line);
      Map<String, Long> counts = new LinkedHashMap<>();
      json.path("counts")
          .properties()
          .forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
      return new Outcome(
          json.path("seed").longValue(),
          Bytes.of(HexFormat.of().parseHex(json.path("trace").stringValue())),
          json.has("failure") ? Optional.of(json.path("failure").stringValue()) : Optional.empty(),
          counts);
    } catch (Json.Malformed e) {
      throw new IOException("a worker wrote no JSON: " + line, e);
    }
  }

  private void take(Outcome outcome) {
    done++;
    outcome.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
    traces.update(outcome.trace().toArray());
    lastTrace = outcome.trace();
    if (outcome.failure().isPresent()) {
      failed = Optional.of(outcome);
    }
    console.ifPresent(stream -> stream.print("\rseed " + outcome.seed() + " of " + range + " "));
  }

  /// What was found. The trace is that of the seed, or the SHA-256 over those of all.
  Report report(String world, double seconds) {
    console.ifPresent(stream -> stream.print("\r"));
    Report report = new Report(world, range.toString());
    report.figure("seeds-run", (double) done, "seeds");
    report.figure("seeds-failed", failed.isPresent() ? 1 : 0, "seeds");
    counts.forEach((name, count) -> report.figure(name, count, ""));
    report.figure("seconds-a-seed", seconds / done, "s");
    report.with("invariants", String.join(", ", PutGetWorld.INVARIANTS));
    report.with("plant", plant.toString());
    report.with(
        "trace", range.count() == 1 ? lastTrace.hex() : HexFormat.of().formatHex(traces.digest()));
    failed.ifPresent(outcome -> {
      report.with("first-failing-seed", Long.toString(outcome.seed()));
      report.failed("seed " + outcome.seed() + ": " + outcome.failure().orElseThrow());
    });
    return report;
  }
}
