package io.ppio.check.bench;

import io.ppio.api.cli.CommandRunner;
import io.ppio.api.config.ByteSize;
import io.ppio.api.json.Json;
import io.ppio.check.sim.report.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Spec CommandSpec spec = CommandSpec.create();

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
    System.exit(CommandRunner.of(new CommandLine(new BenchMain()), args));
  }

  @Override
  public Integer call() throws Exception {
    if (!NAMES.contains(name)) {
      throw wrong("no benchmark is called " + name + "; there is " + String.join(", ", NAMES));
    }
    Report report = new TransferBench(bytes(), small ? 3 : 30).run();
    System.out.print(json ? Json.pretty(report.toJson()) + "\n" : report.toTable());
    System.out.flush();
    return check && !report.holds() ? 1 : 0;
  }

  private long bytes() {
    if (small) {
      return 4 << 20;
    }
    try {
      long bytes = ByteSize.parse(size);
      if (bytes > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw wrong("--size: " + e.getMessage());
    }
    throw wrong("--size must be at least 1 byte");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
