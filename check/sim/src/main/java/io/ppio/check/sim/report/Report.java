package io.ppio.check.sim.report;

import io.ppio.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a simulation or benchmark found: figures, and whether they reach their goals.
///
/// For programs one document `{name, machine, commit, seeds, figures: {name: {value, unit, goal,
/// holds}}, holds}`, for people a table. Goals come from `check/bench/goals.json`. Owned by one
/// task.
public final class Report {
  /// One figure.
  ///
  /// @param goal the least (or, with [Goal#most], the most) it should be
  private record Figure(String name, double value, String unit, Optional<Goal> goal) {
    private boolean holds() {
      return goal.map(wanted -> wanted.holds(value)).orElse(true);
    }
  }

  /// What a figure should reach.
  ///
  /// @param most whether the value is an upper bound
  record Goal(double value, boolean most) {
    private boolean holds(double figure) {
      return most ? figure <= value : figure >= value;
    }
  }

  private final String name;
  private final String seeds;
  private final JsonNode goals;
  private final List<Figure> figures = new ArrayList<>();
  private final ObjectNode more = Json.object();
  private boolean failed;

  /// @param name of the simulation or benchmark; its goals stand under it in the file of goals
  /// @param seeds range such as `1..500`; empty where there are none
  public Report(String name, String seeds) {
    this.name = name;
    this.seeds = seeds;
    this.goals = goals().path(name);
  }

  private static JsonNode goals() {
    Path file =
        Path.of(System.getProperty("ppio.home", "."))
            .resolve("check")
            .resolve("bench")
            .resolve("goals.json");
    try {
      return Files.exists(file) ? Json.parse(Files.readAllBytes(file)) : Json.object();
    } catch (IOException | Json.Malformed e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /// Adds a figure.
  public Report figure(String figure, double value, String unit) {
    JsonNode goal = goals.path(figure);
    figures.add(
        new Figure(
            figure,
            value,
            unit,
            goal.isMissingNode()
                ? Optional.empty()
                : Optional.of(
                    goal.has("most")
                        ? new Goal(goal.path("most").doubleValue(), true)
                        : new Goal(goal.path("least").doubleValue(), false))));
    return this;
  }

  /// Adds a member of the document that is no figure, such as the trace of a run.
  public Report with(String member, String value) {
    more.put(member, value);
    return this;
  }

  /// Makes the report fail whatever its figures say.
  public Report failed(String reason) {
    failed = true;
    return with("failure", reason);
  }

  /// Whether nothing failed and every goal is reached.
  public boolean holds() {
    return !failed && figures.stream().allMatch(Figure::holds);
  }

  /// The document.
  public ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("name", name)
            .put("machine", machine())
            .put("commit", commit())
            .put("seeds", seeds);
    ObjectNode list = json.putObject("figures");
    for (Figure figure : figures) {
      ObjectNode entry = list.putObject(figure.name());
      entry.put("value", figure.value()).put("unit", figure.unit());
      figure.goal().ifPresent(goal -> entry.put("goal", goal.value()));
      entry.put("holds", figure.holds());
    }
    more.properties().forEach(member -> json.set(member.getKey(), member.getValue()));
    return json.put("holds", holds());
  }

  /// The table.
  public String toTable() {
    StringBuilder table = new StringBuilder();
    for (Figure figure : figures) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-34s %14.3f %-10s %s%n",
              figure.name(),
              figure.value(),
              figure.unit(),
              figure
                  .goal()
                  .map(goal ->
                      (goal.most() ? "at most " : "at least ")
                          + goal.value()
                          + (figure.holds() ? "" : "  MISSED"))
                  .orElse("")));
    }
    more.properties()
        .forEach(member ->
            table
                .append(member.getKey())
                .append(": ")
                .append(member.getValue().asString())
                .append('\n'));
    return table.toString();
  }

  private static String machine() {
    return System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, JDK "
        + System.getProperty("java.version");
  }

  private static String commit() {
    String home = System.getProperty("ppio.home", ".");
    try {
      Process git =
          new ProcessBuilder("git", "-C", home, "rev-parse", "--short", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = git.inputReader(StandardCharsets.UTF_8)) {
        String line = lines.readLine();
        return line == null ? "unknown" : line;
      }
    } catch (IOException e) {
      return "unknown";
    }
  }
}
