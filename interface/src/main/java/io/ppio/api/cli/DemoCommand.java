package io.ppio.api.cli;

import io.ppio.api.config.ByteSize;
import io.ppio.api.config.RoleFile;
import io.ppio.api.devnet.Devnet;
import io.ppio.api.devnet.DevnetPlan;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `ppio demo`: the main job in one command. A local network, a real file in, proofs, a killed
/// miner, the same bytes out.
@CommandLine.Command(
    name = "demo",
    description = "store a file on a local network, kill a miner, get the file back",
    footer = {"", "Examples:", "  ppio demo", "  ppio demo --file holiday.mp4 --copies 3"})
final class DemoCommand implements Callable<Integer> {
  private static final String BUCKET = "demo";
  private static final int COPIES_MAX = 10;
  private static final long PROOFS_MILLIS = 90_000;
  private static final long POLL_MILLIS = 250;

  @Option(names = "--file", description = "a file of yours (default: one made of random bytes)")
  Optional<Path> file = Optional.empty();

  @Option(names = "--size", description = "size of the file that is made (default 64MiB)")
  String size = "64MiB";

  @Option(names = "--copies", description = "copies of each segment (default ${DEFAULT-VALUE})")
  int copies = 3;

  @Option(names = "--miners", description = "number of miners (default ${DEFAULT-VALUE})")
  int miners = DevnetPlan.MINERS;

  @Option(names = "--keep", description = "leave the network's folder in place")
  boolean keep;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  private final Console console = Console.system();
  private final long began = System.nanoTime();

  @Override
  public Integer call() throws InterruptedException {
    LogFile.off();
    try {
      if (file.isPresent() && !Files.isReadable(file.get())) {
        throw new IllegalArgumentException(file.get() + " cannot be read");
      }
      if (file.isPresent() && Files.size(file.get()) == 0) {
        throw new IllegalArgumentException(file.get() + " is empty");
      }
      DevnetPlan plan = plan();
      Path folder = Files.createTempDirectory("ppio-demo-");
      Devnet network = Devnet.create(plan.in(folder));
      Thread cleanUp = Thread.ofPlatform().unstarted(() -> cleanUp(network, folder));
      Runtime.getRuntime().addShutdownHook(cleanUp);
      run(network, folder);
      return 0;
    } catch (InterruptedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      console.err().println("ppio demo: " + e.getMessage());
      return CliFailure.EXIT_USAGE;
    } catch (CliFailure | DaemonFailure | IOException e) {
      console.err().println("ppio demo: " + e.getMessage());
      return CliFailure.EXIT_FAILED;
    }
  }

  /// The network of the demonstration, wherever it will be.
  ///
  /// @throws IllegalArgumentException when an option does not fit
  private DevnetPlan plan() throws IOException {
    long bytes = file.isPresent() ? Files.size(file.get()) : ByteSize.parse(size);
    if (bytes < 1) {
      throw new IllegalArgumentException("--size must be at least 1 byte");
    }
    if (copies < 2 || copies > Math.min(miners, COPIES_MAX)) {
      throw new IllegalArgumentException(
          "--copies must be 2 to "
              + Math.min(miners, COPIES_MAX)
              + ": each on a miner of its own, and one miner is killed");
    }
    long needed = 4 * (bytes * copies / Math.max(1, miners)) + (256L << 20);
    return new DevnetPlan(
        Path.of(""),
        miners,
        1,
        DevnetPlan.VERIFIERS,
        1,
        Math.max(DevnetPlan.CAPACITY_BYTES, needed),
        DevnetPlan.SEGMENT_MAX);
  }

  private void run(Devnet network, Path folder)
      throws CliFailure, DaemonFailure, IOException, InterruptedException {
    step(
        "starting a local network: 1 bootstrap, 1 indexer, 3 verifiers, "
            + miners
            + " miners, 1 user");
    network.start(line -> detail(line));
    NodeRecord user = network.node("user-1");
    RoleFile.HostPort rpc = RoleFile.HostPort.parse(user.rpc());
    DaemonClient client = new DaemonClient(rpc.host(), rpc.port(), Optional.empty());

    Path source = file.isPresent() ? file.get().toAbsolutePath() : makeFile(folder);
    String digest = sha256(source);
    step(
        "storing "
            + source.getFileName()
            + " ("
            + ByteSize.format(Files.size(source))
            + ") in "
            + copies
            + " copies");
    detail("SHA-256 " + digest);
    client.call("CreateBucket", BUCKET);
    long putStarted = System.nanoTime();
    String key = String.valueOf(source.getFileName());
    String expires =
        Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    String put =
        client
            .call("PutObject", BUCKET, key, source.toString(), "", "100", copies, expires, true)
            .asString();
    await(client, put);
    detail(
        "stored at "
            + rate(Files.size(source), putStarted)
            + ": every segment is staged, synced, by two miners");

    step("proofs of replication, by committees the miners did not choose");
    JsonNode status = watchProofs(client, network, key);

    NodeRecord victim = holder(network, status);
    step("killing " + victim.name() + " with SIGKILL; it holds copies of the file");
    network.kill(victim.name());

    step("getting the file back through the others");
    Path out = folder.resolve("fetched");
    long getStarted = System.nanoTime();
    await(client, client.call("GetObject", BUCKET, key, "", out.toString(), "100").asString());
    detail("fetched at " + rate(Files.size(out), getStarted));
    String fetched = sha256(out);
    detail("SHA-256 " + fetched);
    if (!fetched.equals(digest)) {
      throw CliFailure.general("the file that came back is not the file that was stored");
    }
    step("the same bytes came back");
  }

  /// Prints each copy as it becomes available, with the miner that holds it.
  private JsonNode watchProofs(DaemonClient client, Devnet network, String key)
      throws CliFailure, DaemonFailure, InterruptedException {
    Map<String, String> names = new HashMap<>();
    network.nodes().forEach(node -> names.put(node.account(), node.name()));
    Map<String, String> shown = new HashMap<>();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROOFS_MILLIS);
    while (true) {
      JsonNode status = client.call("ObjectStatusSync", BUCKET, key);
      int segment = 0;
      for (JsonNode each : status.path("contracts")) {
        for (JsonNode contract : each.path("Contracts")) {
          String id = contract.path("ContractID").asString("");
          String state = contract.path("Status").asString("");
          if (!state.equals(shown.put(id, state)) && state.equals("SC_AVAILABLE")) {
            String miner = contract.path("MinerID").asString("");
            detail(
                "segment %d: copy on %s proven (contract %s)"
                    .formatted(segment, names.getOrDefault(miner, miner), id.substring(0, 12)));
          }
        }
        segment++;
      }
      if (status.path("state").asString("").equals("Deal")) {
        detail("object state: Deal, every copy is proven");
        return status;
      }
      if (System.nanoTime() - until > 0) {
        throw CliFailure.general("not every copy was proven in " + PROOFS_MILLIS / 1000 + " s");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static NodeRecord holder(Devnet network, JsonNode status) throws IOException {
    String miner =
        status.path("contracts").path(0).path("Contracts").path(0).path("MinerID").asString("");
    return network.nodes().stream()
        .filter(node -> node.role().equals("miner"))
        .filter(node -> node.account().equals(miner))
        .findFirst()
        .orElseThrow(() -> new IOException("the object's miner is not of this network"));
  }

  private void await(DaemonClient client, String task)
      throws CliFailure, DaemonFailure, InterruptedException {
    while (true) {
      JsonNode progress = client.call("GetJobProgress", task);
      String state = progress.path("JobState").asString("");
      if (console.terminal()) {
        console
            .err()
            .printf(
                Locale.ROOT,
                "\r    %3d%% ",
                100
                    * progress.path("FinishedBytes").asLong(0)
                    / Math.max(1, progress.path("TotalBytes").asLong(1)));
      }
      if (state.equals("Finished")) {
        if (console.terminal()) {
          console.err().print("\r          \r");
        }
        return;
      }
      if (!state.equals("Pending") && !state.equals("Running")) {
        throw CliFailure.general(state + ": " + progress.path("Err").asString(""));
      }
      Thread.sleep(POLL_MILLIS / 5);
    }
  }

  private Path makeFile(Path folder) throws IOException {
    Path made = folder.resolve("random.bin");
    long left = ByteSize.parse(size);
    RandomGenerator random = new RealEnv("demo", folder, new Slf4jLog("demo")).random("file");
    byte[] chunk = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(made)) {
      while (left > 0) {
        random.nextBytes(chunk);
        int count = (int) Math.min(chunk.length, left);
        out.write(chunk, 0, count);
        left -= count;
      }
    }
    return made;
  }

  private static String sha256(Path path) throws IOException {
    MessageDigest digest = io.ppio.crypto.hash.Hash.newSha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String rate(long bytes, long started) {
    double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    return String.format(Locale.ROOT, "%.1f MB/s (%.2f s)", bytes / seconds / 1e6, seconds);
  }

  private void step(String text) {
    console.line(
        String.format(Locale.ROOT, "[%5.1f s] %s", (System.nanoTime() - began) / 1e9, text));
  }

  private void detail(String text) {
    console.line("          " + text);
  }

  private void cleanUp(Devnet network, Path folder) {
    try {
      network.stop();
      if (keep) {
        console.err().println("the network's folder is " + folder);
      } else {
        Devnet.delete(folder);
      }
    } catch (IOException e) {
      console.err().println("ppio demo: cannot delete " + folder + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
