package io.ppio.api.devnet;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A local network of real processes.
///
/// Everything is in its folder: `devnet.json` names the processes, each node's folder holds its
/// data, log and status. Calls of different programs may follow each other; two at the same time
/// are the caller's business.
public final class Devnet {
  /// Time for miners to be heard by the indexer after all processes are up.
  private static final long USABLE_MILLIS = 60_000;

  private static final long POLL_MILLIS = 50;

  private DevnetFile file;

  private Devnet(DevnetFile file) {
    this.file = file;
  }

  /// Makes a new network; nothing runs yet.
  ///
  /// @throws IOException when the folder holds one already
  public static Devnet create(DevnetPlan plan) throws IOException {
    if (DevnetFile.existsIn(plan.folder())) {
      throw new IOException(
          plan.folder()
              + " holds a local network already (ppio devnet start --dir "
              + plan.folder()
              + ")");
    }
    return new Devnet(DevnetFolders.create(plan));
  }

  /// The network of `folder`.
  ///
  /// @throws IOException when there is none
  public static Devnet open(Path folder) throws IOException {
    return new Devnet(DevnetFile.read(folder));
  }

  /// Its nodes, in the order in which they are started.
  public List<NodeRecord> nodes() {
    return file.nodes();
  }

  /// The node called `name`.
  public NodeRecord node(String name) throws IOException {
    return file.node(name);
  }

  /// Starts every node that does not run, and waits until they serve and the miners are known.
  ///
  /// @param progress told a line for each step
  public void start(Consumer<String> progress) throws IOException, InterruptedException {
    List<NodeRecord> started = new ArrayList<>();
    for (NodeRecord node : file.nodes()) {
      if (node.process().isEmpty()) {
        started.add(launch(node, List.of()));
      }
    }
    for (NodeRecord node : started) {
      NodeProcess.awaitReady(node);
      progress.accept(node.name() + " serves at " + node.address());
    }
    awaitMiners();
  }

  /// Starts `nodes` in this process instead of in one each, and waits until the miners among them
  /// are known. They end with what is returned, not with [#stop]; [#kill] refuses them.
  ///
  /// @param nodes some of [#nodes], in their order
  /// @throws IOException when one of them runs already or does not start
  public AutoCloseable startHere(List<NodeRecord> nodes, Consumer<String> progress)
      throws IOException, InterruptedException {
    for (NodeRecord node : nodes) {
      if (node.process().isPresent()) {
        throw new IOException(node.name() + " runs already as process " + node.pid());
      }
    }
    ProcessHandle self = ProcessHandle.current();
    long began = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    NodesInProcess here = NodesInProcess.start(nodes, progress);
    try {
      for (NodeRecord node : nodes) {
        file = file.with(node.running(self.pid(), began));
      }
      file.write();
      awaitMiners();
      return here;
    } catch (IOException | InterruptedException e) {
      here.close();
      throw e;
    }
  }

  /// Starts one node and waits until it serves.
  public NodeRecord start(String name) throws IOException, InterruptedException {
    return start(name, List.of());
  }

  /// The same, with `prefix` before the program on its command line: a tracer that keeps the
  /// process id, for instance.
  public NodeRecord start(String name, List<String> prefix)
      throws IOException, InterruptedException {
    NodeRecord node = file.node(name);
    if (node.process().isPresent()) {
      throw new IOException(name + " runs already as process " + node.pid());
    }
    NodeRecord started = launch(node, prefix);
    NodeProcess.awaitReady(started);
    return started;
  }

  private NodeRecord launch(NodeRecord node, List<String> prefix) throws IOException {
    NodeRecord started = NodeProcess.start(node, prefix);
    file = file.with(started);
    file.write();
    return started;
  }

  /// A network without miners that the indexer knows refuses every put, so that starting ends only
  /// then.
  private void awaitMiners() throws IOException, InterruptedException {
    long miners =
        file.nodes().stream()
            .filter(node -> node.role().equals("miner"))
            .filter(node -> node.process().isPresent())
            .count();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(USABLE_MILLIS);
    for (NodeRecord indexer : file.nodes()) {
      if (!indexer.role().equals("indexer")) {
        continue;
      }
      while (status(indexer).path("miners").asLong(0) < miners
          || status(indexer).path("beacon-epoch").asLong(0) < 1) {
        if (System.nanoTime() - until > 0) {
          throw new IOException(indexer.name() + " does not hear all miners");
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  /// Kills one node as a power cut would.
  ///
  /// @throws IOException when it does not run, or not in a process of its own
  public void kill(String name) throws IOException, InterruptedException {
    NodeRecord node = file.node(name);
    boolean shared =
        node.pid() == ProcessHandle.current().pid()
            || file.nodes().stream()
                .anyMatch(other -> !other.name().equals(name) && other.pid() == node.pid());
    if (shared && node.process().isPresent()) {
      throw new IOException(
          name + " runs in one process with others (--in-process): it cannot be killed alone");
    }
    if (!NodeProcess.kill(node)) {
      throw new IOException(name + " does not run");
    }
  }

  /// Ends every process but this one; the folder stays.
  public void stop() throws InterruptedException {
    NodeProcess.stop(file.nodes());
  }

  /// Deletes `folder`, which is or holds that of a network, with all that is in it; links are
  /// removed, not followed.
  public static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  /// What a node last said about itself; an empty object if nothing.
  public static JsonNode status(NodeRecord node) throws IOException {
    Path path = node.folder().resolve("status.json");
    if (!Files.exists(path)) {
      return Json.object();
    }
    try {
      return Json.parse(Files.readAllBytes(path));
    } catch (Json.Malformed e) {
      throw new IOException(path + ": " + e.getMessage());
    }
  }

  /// The network as one document: what `devnet.json` says, and how each node stands.
  public ObjectNode describe() throws IOException {
    ObjectNode json = Json.object().put("dir", file.folder().toString());
    ArrayNode list = json.putArray("nodes");
    for (NodeRecord node : file.nodes()) {
      ObjectNode entry = node.toJson();
      Optional<ProcessHandle> process = node.process();
      entry.put("running", process.isPresent());
      process
          .flatMap(handle -> residentBytes(handle.pid()))
          .ifPresent(bytes -> entry.put("resident-bytes", bytes));
      entry.set("status", status(node));
      list.add(entry);
    }
    return json;
  }

  /// Memory of a process that is in use now; empty where the system does not tell.
  public static Optional<Long> residentBytes(long pid) {
    return procFigure(pid, "VmRSS:");
  }

  /// The most memory that a process has used; empty where the system does not tell.
  public static Optional<Long> peakBytes(long pid) {
    return procFigure(pid, "VmHWM:");
  }

  private static Optional<Long> procFigure(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
