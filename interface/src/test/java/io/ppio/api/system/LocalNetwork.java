package io.ppio.api.system;

import io.ppio.api.config.RoleFile;
import io.ppio.api.devnet.Devnet;
import io.ppio.api.devnet.DevnetPlan;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.api.json.Json;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A local network for one test class, with a client of its user's daemon.
final class LocalNetwork implements AutoCloseable {
  private static final Duration JOB_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Devnet network;
  private final AutoCloseable here;
  private final Clock clock;
  private final int port;

  private LocalNetwork(Devnet network, AutoCloseable here, Path folder) throws IOException {
    this.clock = new RealEnv("test", folder, new Slf4jLog("test")).clock();
    this.network = network;
    this.here = here;
    this.port = RoleFile.HostPort.parse(network.node("user-1").rpc()).port();
  }

  /// The user's daemon as a process, around it a network in this one: the same sockets and disks,
  /// for tests that end no other node. Miners and verifiers find this process warm.
  ///
  /// @param alone names of other nodes that get a process of their own
  static LocalNetwork around(Path folder, int miners, int verifiers, String... alone)
      throws IOException, InterruptedException {
    TestRuntime.use();
    Devnet network = Devnet.create(plan(folder, miners, verifiers, 1 << 20));
    List<NodeRecord> nodes =
        network.nodes().stream()
            .filter(node -> !node.role().equals("user"))
            .filter(node -> !List.of(alone).contains(node.name()))
            .toList();
    AutoCloseable here = network.startHere(nodes, _ -> {});
    return started(network, here, folder);
  }

  /// Every node as a process.
  static LocalNetwork start(Path folder, int miners, int verifiers)
      throws IOException, InterruptedException {
    return start(folder, miners, verifiers, 1 << 20);
  }

  static LocalNetwork start(Path folder, int miners, int verifiers, int segmentBytes)
      throws IOException, InterruptedException {
    return startUnder(folder, plan(folder, miners, verifiers, segmentBytes), _ -> List.of());
  }

  /// Each node starts with what `prefix` gives for it before its command line.
  static LocalNetwork startUnder(Path folder, DevnetPlan plan, Prefix prefix)
      throws IOException, InterruptedException {
    TestRuntime.use();
    Devnet network = Devnet.create(plan);
    AutoCloseable none = () -> {};
    try {
      for (NodeRecord node : network.nodes()) {
        List<String> before = prefix.of(node);
        if (!before.isEmpty()) {
          network.start(node.name(), before);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(network, none);
      throw e;
    }
    return started(network, none, folder);
  }

  private static DevnetPlan plan(Path folder, int miners, int verifiers, int segmentBytes) {
    return new DevnetPlan(folder, miners, 1, verifiers, 1, 512L << 20, segmentBytes);
  }

  /// Starts what does not run yet.
  private static LocalNetwork started(Devnet network, AutoCloseable here, Path folder)
      throws IOException, InterruptedException {
    try {
      network.start(_ -> {});
      return new LocalNetwork(network, here, folder);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(network, here);
      throw e;
    }
  }

  /// What comes before the command line of a node.
  @FunctionalInterface
  interface Prefix {
    List<String> of(NodeRecord node) throws IOException;
  }

  Devnet network() {
    return network;
  }

  /// The time of this machine.
  Clock clock() {
    return clock;
  }

  int port() {
    return port;
  }

  NodeRecord user() throws IOException {
    return network.node("user-1");
  }

  RawHttp http() {
    return new RawHttp(port);
  }

  /// The whole answer to a call.
  JsonNode answer(String method, Object... params) throws IOException {
    ObjectNode request = Json.object().put("id", 1).put("jsonrpc", "2.0").put("method", method);
    ArrayNode list = request.putArray("params");
    for (Object param : params) {
      list.addPOJO(param instanceof NoValue ? null : param);
    }
    RawHttp.Answer answer =
        http()
            .post(
                "/rpc",
                "HTTP/1.1",
                List.of("Content-Type: application/json"),
                Json.compact(request));
    if (answer.status() != 200) {
      throw new IOException("HTTP status " + answer.status());
    }
    try {
      return Json.parse(answer.body());
    } catch (Json.Malformed e) {
      throw new IOException(e);
    }
  }

  /// A JSON null among parameters.
  record NoValue() {}

  /// The result of a call that must succeed.
  JsonNode call(String method, Object... params) throws IOException {
    JsonNode answer = answer(method, params);
    if (!answer.has("result")) {
      throw new IOException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  /// `<wire code>/<typed code> <message>` of a call that must fail.
  String error(String method, Object... params) throws IOException {
    JsonNode error = answer(method, params).path("error");
    return error.path("code").asString("")
        + "/"
        + error.path("data").path("code").asString("")
        + " "
        + error.path("message").asString("");
  }

  /// Waits until a task has ended.
  JsonNode await(String task) throws IOException, InterruptedException {
    Deadline limit = clock.in(JOB_LIMIT);
    while (true) {
      JsonNode progress = call("GetJobProgress", task);
      String state = progress.path("JobState").asString("");
      if (!state.equals("Pending") && !state.equals("Running")) {
        return progress;
      }
      if (limit.passed()) {
        throw new IOException("still " + progress);
      }
      clock.sleep(POLL);
    }
  }

  /// Waits until a transfer has finished at least `bytes`.
  void awaitBytes(String task, long bytes) throws IOException, InterruptedException {
    Deadline limit = clock.in(JOB_LIMIT);
    while (true) {
      JsonNode progress = call("GetJobProgress", task);
      if (progress.path("FinishedBytes").longValue() >= bytes) {
        return;
      }
      if (limit.passed()) {
        throw new IOException("still " + progress);
      }
      clock.sleep(POLL);
    }
  }

  @Override
  public void close() {
    close(network, here);
  }

  private static void close(Devnet network, AutoCloseable here) {
    try (here) {
      network.stop();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("a node of this process did not end", e);
    }
  }
}
