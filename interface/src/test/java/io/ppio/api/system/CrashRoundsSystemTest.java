package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Bytes;
import io.ppio.env.Deadline;
import io.ppio.env.Env;
import io.ppio.env.Tasks;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A miner, the indexer or the user daemon is killed by SIGKILL at a random moment of a put, and in
/// every second round of a get as well, and started again on its directory. No object whose
/// PutObject was answered may be lost: its task ends as Finished, it is listed, and it is got back
/// with equal bytes, in the rounds that follow and at the end.
///
/// The system property `ppio.rounds` gives the number of rounds, `ppio.seed` the seed that fixes
/// the victims, sizes and moments.
class CrashRoundsSystemTest {
  private static final int ROUNDS = Integer.getInteger("ppio.rounds", 5);
  private static final long SEED = Long.getLong("ppio.seed", 1);
  private static final Duration SETTLE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int KILL_WITHIN_MILLIS = 1200;
  private static final int SIZE_MAX = 2_500_000;
  private static final String BUCKET = "rounds";

  /// An object whose put was answered.
  private record Stored(String key, Bytes content) {}

  private final Path folder;
  private final Random random = new Random(SEED);
  private final TreeMap<String, Stored> stored = new TreeMap<>();
  private final TreeMap<String, Integer> kills = new TreeMap<>();
  private int unanswered;
  private int resumed;
  private int getsInterrupted;

  CrashRoundsSystemTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void noAcknowledgedObjectIsLostWhenProcessesAreKilled() throws Exception {
    try (LocalNetwork net = LocalNetwork.start(folder.resolve("net"), 3, 1)) {
      net.call("CreateBucket", BUCKET);
      for (int round = 1; round <= ROUNDS; round++) {
        round(net, round);
      }
      List<String> listed = new ArrayList<>();
      net.call("ListObjects", BUCKET).forEach(entry -> listed.add(entry.path("key").asString()));
      for (Stored each : stored.values()) {
        assertTrue(listed.contains(each.key()), () -> each.key() + " is not listed: " + listed);
        fetch(net, each, "last");
      }
    }
    report(
        "%d rounds, seed %d, kills %s: %d objects acknowledged, all whole; %d puts unanswered, "
            + "%d tasks resumed by hand, %d gets under way at a kill",
        ROUNDS, SEED, kills, stored.size(), unanswered, resumed, getsInterrupted);
  }

  private static void report(String format, Object... values) throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(target.resolve("crash-rounds.txt"), String.format(format + "%n", values));
  }

  private void round(LocalNetwork net, int round) throws Exception {
    String victim = victim(round);
    String key = "object-" + round;
    byte[] content = new byte[1 + (random.nextBoolean() ? random.nextInt(SIZE_MAX) : 1024)];
    random.nextBytes(content);
    Path source = Files.write(folder.resolve(key), content);
    Optional<Stored> earlier = stored.isEmpty() ? Optional.empty() : Optional.of(any());
    Path out = folder.resolve("out-" + round);
    Optional<String> get =
        round % 2 == 0 && earlier.isPresent()
            ? Optional.of(get(net, earlier.get(), out))
            : Optional.empty();
    Duration after = Duration.ofMillis(random.nextInt(KILL_WITHIN_MILLIS));
    Optional<String> put = Optional.empty();
    Env env = new RealEnv("round", folder, new Slf4jLog("round"));
    try (Tasks tasks = env.tasks("kill")) {
      tasks.fork(
          "kill",
          () -> {
            net.clock().sleep(after);
            net.network().kill(victim);
          });
      put = put(net, key, source);
      tasks.join();
    }
    if (Files.exists(out)) {
      assertArrayEquals(
          earlier.orElseThrow().content().toArray(), Files.readAllBytes(out), "half a file");
    }
    net.network().start(victim);
    kills.merge(victim.replaceAll("-.*", ""), 1, Integer::sum);
    if (put.isPresent()) {
      stored.put(key, new Stored(key, Bytes.of(content)));
      settle(net, put.get(), "round " + round + ", " + victim + " killed, put of " + key);
    } else {
      unanswered++;
      assertEquals("user-1", victim, "a living daemon did not answer");
    }
    if (get.isPresent()) {
      getsInterrupted++;
      settle(net, get.get(), "round " + round + ", " + victim + " killed, get");
      assertArrayEquals(earlier.orElseThrow().content().toArray(), Files.readAllBytes(out));
    }
    if (!stored.isEmpty()) {
      fetch(net, any(), "check-" + round);
    }
  }

  private String victim(int round) {
    return switch (round % 3) {
      case 0 -> "user-1";
      case 1 -> "miner-" + (1 + random.nextInt(3));
      default -> "indexer-1";
    };
  }

  private Stored any() {
    return List.copyOf(stored.values()).get(random.nextInt(stored.size()));
  }

  /// @return the task; empty when the daemon died before it answered
  private Optional<String> put(LocalNetwork net, String key, Path source) {
    String until =
        Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      return Optional.of(
          net.call("PutObject", BUCKET, key, source.toString(), "", 100, 2, until, true)
              .asString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String get(LocalNetwork net, Stored object, Path out) throws IOException {
    return net.call("GetObject", BUCKET, object.key(), "", out.toString(), "100").asString();
  }

  private void fetch(LocalNetwork net, Stored object, String purpose) throws Exception {
    Path out = folder.resolve(purpose + "-" + object.key());
    settle(net, get(net, object, out), purpose + ": get of " + object.key());
    assertArrayEquals(object.content().toArray(), Files.readAllBytes(out), object.key());
    Files.delete(out);
  }

  /// Waits until a task is Finished; one that was paused by the death of its daemon is resumed.
  private void settle(LocalNetwork net, String task, String what) throws Exception {
    Deadline limit = net.clock().in(SETTLE);
    while (true) {
      JsonNode progress = net.call("GetJobProgress", task);
      switch (progress.path("JobState").asString("")) {
        case "Finished" -> {
          return;
        }
        case "Pending", "Running" -> {}
        case "Paused" -> {
          net.call("ResumeTask", task);
          resumed++;
        }
        default -> throw new IOException(what + ": " + progress);
      }
      if (limit.passed()) {
        throw new IOException(what + " does not end: " + progress);
      }
      net.clock().sleep(POLL);
    }
  }
}
