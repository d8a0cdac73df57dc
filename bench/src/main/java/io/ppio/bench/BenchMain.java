package io.ppio.bench;

import io.ppio.api.json.Json;
import io.ppio.sim.report.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The program `ppio bench`.
@CommandLine.Command(
    name = "ppio bench",
    description = "measure one thing, with floors in the same run",
    footer = {
      "",
      "Benchmarks: transfer",
      "",
      "Example:",
      "  ppio bench transfer --size 256MiB --json"
    })
public final class BenchMain implements Callable<Integer> {
  private static final List<String> NAMES = List.of("transfer");
  private static final int EXIT_USAGE = 2;

  @Parameters(index = "0", paramLabel = "NAME", description = "which benchmark")
  String name = "";

  @Option(names = "--size", description = "bytes of the large object (default ${DEFAULT-VALUE})")
  String size = "256MiB";

  @Option(names = "--json", description = "one JSON document")
  boolean json;

  @Option(names = "--check", description = "exit status 1 where a figure falls short of its goal")
  boolean check;

  @Option(names = "--short", description = "small inputs, once: that the benchmark still runs")
  boolean small;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  /// Runs one benchmark and ends the process with its exit status.
  public static void main(String... args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (!NAMES.contains(name)) {
      System.err.println(
          "ppio bench: unknown benchmark '" + name + "'; there are " + String.join(", ", NAMES));
      return EXIT_USAGE;
    }
    Report report = new TransferBench(small ? "4MiB" : size, small ? 3 : 30).run();
    System.out.print(json ? Json.pretty(report.toJson()) + "\n" : report.toTable());
    System.out.flush();
    return check && !report.holds() ? 1 : 0;
  }
}
