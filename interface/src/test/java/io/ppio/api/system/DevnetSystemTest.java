package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.config.RoleFile;
import io.ppio.api.devnet.Devnet;
import io.ppio.api.devnet.DevnetPlan;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.api.devnet.Program;
import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Local networks, as `ppio devnet` makes and ends them.
class DevnetSystemTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final Clock clock;

  DevnetSystemTest(@TempDir Path folder) throws IOException, InterruptedException {
    TestRuntime.use();
    this.folder = folder;
    this.clock = new RealEnv("test", folder, new Slf4jLog("test")).clock();
  }

  @FunctionalInterface
  private interface Question {
    boolean holds() throws Exception;
  }

  private void await(Question question) throws Exception {
    Deadline limit = clock.in(LIMIT);
    while (!question.holds()) {
      assertFalse(limit.passed(), "took too long");
      clock.sleep(Duration.ofMillis(20));
    }
  }

  private static DaemonClient client(NodeRecord user) {
    RoleFile.HostPort rpc = RoleFile.HostPort.parse(user.rpc());
    return new DaemonClient(rpc.host(), rpc.port(), Optional.empty());
  }

  private void finish(DaemonClient client, String task) throws Exception {
    await(() -> {
      String state = client.call("GetJobProgress", task).path("JobState").asString("");
      assertTrue(List.of("Pending", "Running", "Finished").contains(state), state);
      return state.equals("Finished");
    });
  }

  private void roundTrip(DaemonClient client) throws Exception {
    byte[] content = new byte[300_000];
    content[7] = 7;
    Path source = Files.write(folder.resolve("source"), content);
    Path target = folder.resolve("target");
    String expires = Instant.now().plus(9, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS) + "";
    client.call("CreateBucket", "bucket");
    finish(
        client,
        client
            .call("PutObject", "bucket", "key", source.toString(), "", "100", 2, expires, true)
            .asString());
    finish(
        client, client.call("GetObject", "bucket", "key", "", target.toString(), "100").asString());
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void allNodesInOneProcessStoreAndFetchAndEndTogether() throws Exception {
    Path dir = folder.resolve("net");
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Program.command(
                    "ppio",
                    List.of(
                        "devnet",
                        "up",
                        "--in-process",
                        "--dir",
                        dir.toString(),
                        "--miners",
                        "2",
                        "--verifiers",
                        "1")))
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try {
      await(() -> {
        assertTrue(process.isAlive(), () -> "ended early");
        return Files.exists(out) && Files.readString(out).contains("user-1 ");
      });
      Devnet network = Devnet.open(dir);
      for (NodeRecord node : network.nodes()) {
        assertEquals(process.pid(), node.process().orElseThrow().pid());
      }
      roundTrip(client(network.node("user-1")));
      String refusal =
          String.valueOf(
              assertThrows(IOException.class, () -> network.kill("miner-1")).getMessage());
      assertTrue(refusal.contains("--in-process"), refusal);
      assertTrue(process.isAlive());
      network.stop();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aUserNodeStartedByHandBelongsToTheNetwork() throws Exception {
    Devnet network =
        Devnet.create(new DevnetPlan(folder.resolve("net"), 1, 1, 1, 1, 512L << 20, 1 << 20));
    NodeRecord user = network.node("user-1");
    List<NodeRecord> others = network.nodes().stream().filter(node -> !node.equals(user)).toList();
    try (AutoCloseable _ = network.startHere(others, _ -> {})) {
      network.start("user-1");
      network.kill("user-1");
      assertTrue(user.process().isEmpty());
      Process starter =
          new ProcessBuilder(
                  Program.command(
                      "poss", List.of("start", "--daemon", "--datadir=" + user.folder())))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("start").toFile())
              .start();
      assertTrue(starter.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, starter.exitValue());
      assertTrue(user.process().isPresent());
      network.stop();
      assertTrue(user.process().isEmpty());
      assertThrows(DaemonFailure.class, () -> client(user).call("ApiVersion"));
    } finally {
      network.stop();
    }
  }
}
