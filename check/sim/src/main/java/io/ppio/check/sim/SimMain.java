package io.ppio.check.sim;

import io.ppio.api.cli.CommandRunner;
import io.ppio.api.json.Json;
import io.ppio.check.sim.putget.Plant;
import io.ppio.check.sim.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ppio sim`: runs a simulated world for a range of seeds and reports which invariants held.
///
/// Exit status 0, with `--check` 1 where a seed failed or a goal was missed, 2 for bad usage. The
/// first failing seed ends the run: it is what someone will look at.
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = "Runs a simulated world for a range of seeds.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  ppio sim put-get --seeds 1..100 --check",
      "  ppio sim put-get --seeds 17 --log",
      "  ppio sim put-get --plant key-before-proof"
    })
public final class SimMain implements Callable<Integer> {
  private static final SeedRange SEEDS = new SeedRange(1, 20);
  private static final SeedRange SEEDS_SHORT = new SeedRange(1, 5);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "WORLD", description = "put-get")
  private String world = "";

  @Option(names = "--seeds", paramLabel = "A..B", description = "seeds to run; 1..20 if not given")
  private Optional<String> seeds = Optional.empty();

  @Option(
      names = "--plant",
      paramLabel = "NAME",
      description = "bug to put in: ${COMPLETION-CANDIDATES}")
  private Plant plant = Plant.NONE;

  @Option(names = "--json", description = "one document for programs")
  private boolean json;

  @Option(names = "--check", description = "exit status 1 where something failed")
  private boolean check;

  @Option(names = "--short", description = "the few seeds that a check-in runs")
  private boolean few;

  @Option(names = "--jobs", paramLabel = "N", description = "processes; one a core if not given")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--log", description = "print every log line of the nodes; with one seed")
  private boolean log;

  /// What a worker of another process runs: every so many seeds one line about each, for the parent
  /// alone.
  @Option(names = "--worker", hidden = true)
  private boolean worker;

  private SimMain() {}

  /// Runs the program.
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /// Runs the program in this process.
  ///
  /// @return the exit status
  static int execute(String... args) {
    return CommandRunner.of(new CommandLine(new SimMain()).setCommandName("ppio sim"), args);
  }

  @Override
  public Integer call() throws IOException {
    if (!world.equals("put-get")) {
      throw new ParameterException(
          spec.commandLine(), "no world is called " + world + "; there is put-get");
    }
    SeedRange range = range();
    if (jobs < 1 || (log && range.count() > 1)) {
      throw new ParameterException(
          spec.commandLine(), log ? "--log needs one seed" : "--jobs must be positive");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (worker) {
      SeedRunner.work(range, plant, jobs, out);
      return 0;
    }
    SeedRunner run = new SeedRunner(range, plant, console());
    run.run(
        log ? 1 : (int) Math.min(jobs, range.count()),
        log ? Optional.of(out::println) : Optional.empty());
    Report report = run.report(world, ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    out.print(json ? Json.pretty(report.toJson()) + "\n" : report.toTable());
    return check && !report.holds() ? 1 : 0;
  }

  private SeedRange range() {
    if (seeds.isEmpty()) {
      return few ? SEEDS_SHORT : SEEDS;
    }
    return SeedRange.parse(seeds.get())
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(), "--seeds must be a range such as 1..500, or one number"));
  }

  /// Where progress goes: nowhere but to a terminal.
  private static Optional<PrintStream> console() {
    return Optional.ofNullable(System.console())
        .filter(console -> console.isTerminal())
        .map(_ -> System.err);
  }
}
