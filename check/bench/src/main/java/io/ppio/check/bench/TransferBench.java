package io.ppio.check.bench;

import io.ppio.api.config.RoleFile;
import io.ppio.api.devnet.Devnet;
import io.ppio.api.devnet.DevnetPlan;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import io.ppio.check.sim.report.Report;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Put and get through real processes on loopback: one object with 1 to 3 copies, then small
/// objects one by one.
///
/// The work of a home user's backup and restore: one reader, one writer, all hops with TLS, every
/// byte sealed, proven and paid for by vouchers. Floor of the same run: SHA-256 of the same number
/// of bytes on one core, which every hop must at least do. CPU is that of the processes from the
/// first byte to the end of the last transfer.
final class TransferBench {
  private static final int MINERS = 6;
  private static final int COPIES_MAX = 3;
  private static final int SMALL = 1024;

  /// Rounds that are not counted for each that is: compilers of twelve processes share the machine.
  private static final int WARM_UP_FACTOR = 5;

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration SETTLE = Duration.ofSeconds(8);

  private final long bytes;
  private final int smallRounds;
  private final Report report = new Report("transfer", "");

  TransferBench(long bytes, int smallRounds) {
    this.bytes = bytes;
    this.smallRounds = smallRounds;
  }

  Report run() throws IOException, InterruptedException, DaemonFailure {
    Path folder = Files.createTempDirectory("ppio-bench-");
    long capacity = Math.max(DevnetPlan.CAPACITY_BYTES, 4 * bytes);
    Devnet network =
        Devnet.create(
            new DevnetPlan(
                folder.resolve("net"), MINERS, 1, DevnetPlan.VERIFIERS, 1, capacity, 16 << 20));
    Thread cleanUp = Thread.ofPlatform().unstarted(() -> cleanUp(network, folder));
    Runtime.getRuntime().addShutdownHook(cleanUp);
    network.start(line -> System.err.println(line));
    Thread.sleep(SETTLE);
    memory(network, "idle-resident-MB", Devnet::residentBytes);
    RoleFile.HostPort rpc = RoleFile.HostPort.parse(network.node("user-1").rpc());
    DaemonClient client = new DaemonClient(rpc.host(), rpc.port(), Optional.empty());
    client.call("CreateBucket", "bench");
    Path source = folder.resolve("source");
    writeRandom(folder, source, bytes);
    report.figure("floor-sha256", sha256Rate(source), "MB/s");
    small(client, folder);
    for (int copies = 1; copies <= COPIES_MAX; copies++) {
      large(client, network, folder, source, copies);
    }
    memory(network, "peak-MB", Devnet::peakBytes);
    return report;
  }

  private void large(DaemonClient client, Devnet network, Path folder, Path source, int copies)
      throws IOException, InterruptedException, DaemonFailure {
    Map<String, Duration> before = cpu(network);
    String key = "large-" + copies;
    double put = seconds(client, put(client, key, source, copies));
    report.figure("put-" + copies + "-copies", bytes / put / 1e6, "MB/s");
    cpuFigures("put-" + copies + "-copies-cpu", before, cpu(network));
    awaitDeal(client, key);
    Map<String, Duration> proven = cpu(network);
    cpuFigures("put-" + copies + "-copies-to-deal-cpu", before, proven);
    Path out = folder.resolve("out");
    double get = seconds(client, get(client, key, out));
    report.figure("get-" + copies + "-copies", bytes / get / 1e6, "MB/s");
    cpuFigures("get-" + copies + "-copies-cpu", proven, cpu(network));
    if (Files.mismatch(source, out) >= 0) {
      report.failed("what came back of " + key + " is not what was stored");
    }
  }

  /// Small objects, one after the other; each is proven before it is fetched, so that no role has
  /// other work meanwhile.
  private void small(DaemonClient client, Path folder)
      throws IOException, InterruptedException, DaemonFailure {
    Path source = folder.resolve("small");
    Path out = folder.resolve("small.out");
    writeRandom(folder, source, SMALL);
    int warmUp = WARM_UP_FACTOR * smallRounds;
    for (int round = 0; round < warmUp; round++) {
      seconds(client, put(client, "warm-" + round, source, COPIES_MAX));
      seconds(client, get(client, "warm-" + round, out));
    }
    awaitDeal(client, "warm-" + (warmUp - 1));
    double[] puts = new double[smallRounds];
    double[] gets = new double[smallRounds];
    for (int round = 0; round < smallRounds; round++) {
      String key = "small-" + round;
      puts[round] = 1000 * seconds(client, put(client, key, source, COPIES_MAX));
      awaitDeal(client, key);
      gets[round] = 1000 * seconds(client, get(client, key, out));
    }
    Arrays.sort(puts);
    Arrays.sort(gets);
    report.figure("put-1KiB-ms", puts[smallRounds / 2], "ms");
    report.figure("put-1KiB-p90-ms", puts[smallRounds * 9 / 10], "ms");
    report.figure("get-1KiB-ms", gets[smallRounds / 2], "ms");
    report.figure("get-1KiB-p90-ms", gets[smallRounds * 9 / 10], "ms");
  }

  private static String put(DaemonClient client, String key, Path source, int copies)
      throws DaemonFailure {
    String expires =
        Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    return client
        .call("PutObject", "bench", key, source.toString(), "", "100", copies, expires, true)
        .asString();
  }

  private static String get(DaemonClient client, String key, Path out) throws DaemonFailure {
    return client.call("GetObject", "bench", key, "", out.toString(), "100").asString();
  }

  /// From now, when the call was just answered, to the end of its task.
  private static double seconds(DaemonClient client, String task)
      throws DaemonFailure, InterruptedException {
    long started = System.nanoTime();
    while (true) {
      var progress = client.call("GetJobProgress", task);
      String state = progress.path("JobState").asString("");
      double seconds = (System.nanoTime() - started) / 1e9;
      if (state.equals("Finished")) {
        return seconds;
      }
      if (seconds > LIMIT.toSeconds() || (!state.equals("Running") && !state.equals("Pending"))) {
        throw new DaemonFailure(false, state + ": " + progress.path("Err").asString(""));
      }
      Thread.sleep(seconds < 0.2 ? 1 : 20);
    }
  }

  private static void awaitDeal(DaemonClient client, String key)
      throws DaemonFailure, InterruptedException {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (!client
        .call("ObjectStatusSync", "bench", key)
        .path("state")
        .asString("")
        .equals("Deal")) {
      if (System.nanoTime() - until > 0) {
        throw new DaemonFailure(false, key + " is not proven");
      }
      Thread.sleep(100);
    }
  }

  private static Map<String, Duration> cpu(Devnet network) {
    Map<String, Duration> used = new TreeMap<>();
    for (NodeRecord node : network.nodes()) {
      node.process()
          .flatMap(process -> process.info().totalCpuDuration())
          .ifPresent(duration -> used.merge(node.role(), duration, Duration::plus));
    }
    return used;
  }

  private void cpuFigures(String name, Map<String, Duration> before, Map<String, Duration> after) {
    double gib = bytes / (double) (1L << 30);
    after.forEach((role, used) -> {
      Duration spent = used.minus(before.getOrDefault(role, Duration.ZERO));
      report.figure(name + "-" + role, spent.toMillis() / 1000.0 / gib, "s/GiB");
    });
  }

  /// Reads a memory figure of a process.
  @FunctionalInterface
  private interface MemoryFigure {
    Optional<Long> of(long pid);
  }

  private void memory(Devnet network, String name, MemoryFigure figure) {
    Map<String, Long> largest = new TreeMap<>();
    for (NodeRecord node : network.nodes()) {
      figure.of(node.pid()).ifPresent(value -> largest.merge(node.role(), value, Math::max));
    }
    largest.forEach((role, value) -> report.figure(name + "-" + role, value / 1e6, "MB"));
  }

  private static double sha256Rate(Path source) throws IOException {
    MessageDigest digest = Hash.newSha256();
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) 0x5a);
    long size = Math.max(256L << 20, Files.size(source));
    for (long warm = 0; warm < 64L << 20; warm += chunk.length) {
      digest.update(chunk);
    }
    long started = System.nanoTime();
    for (long done = 0; done < size; done += chunk.length) {
      digest.update(chunk);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return digest.digest().length > 0 ? size / seconds / 1e6 : 0;
  }

  private static void writeRandom(Path folder, Path file, long size) throws IOException {
    RandomGenerator random = new RealEnv("bench", folder, new Slf4jLog("bench")).random("bytes");
    byte[] chunk = new byte[1 << 20];
    try (var out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(chunk.length, left));
      }
    }
  }

  private static void cleanUp(Devnet network, Path folder) {
    try {
      network.stop();
      Devnet.delete(folder);
    } catch (IOException e) {
      System.err.println("ppio bench: cannot delete " + folder + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
