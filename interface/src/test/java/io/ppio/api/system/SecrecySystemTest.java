package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.daemon.DataFolder;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.data.object.ObjectKey;
import io.ppio.env.Deadline;
import io.ppio.env.Env;
import io.ppio.env.Store;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.node.user.account.OwnerKeys;
import io.ppio.node.user.index.ObjectIndex;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Nothing of a stored plaintext, its name or its keys is in the directories of those who are not
/// its owner, nor in what they send each other. The network's directories are searched twice: with
/// the copies staged, and after sealing, proofs and a get. The traffic is captured by tcpdump, all
/// of loopback but the user's own JSON-RPC, which carries names in the clear to the daemon.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecrecySystemTest {
  /// The words share no four letters, so that the compression of tables leaves them whole.
  private static final String BUCKET = "quxbramble7";

  private static final String KEY = "zephyr42/walnutglyph.odt";
  private static final String METADATA = "Jovian-umbrella";
  private static final int SIZE = 1_300_000;
  private static final int COPIES = 2;
  private static final Path TCPDUMP = Path.of("/usr/bin/tcpdump");
  private static final Duration LISTENS_WITHIN = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path folder;
  private final byte[] content = new byte[SIZE];
  private final Needles needles = new Needles();
  private final List<String> whileStaged = new ArrayList<>();
  private final LocalNetwork net;
  private Optional<Process> capture = Optional.empty();

  SecrecySystemTest(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.net = LocalNetwork.around(folder.resolve("net"), 3, 1);
  }

  @BeforeAll
  void anObjectIsPutProvenAndGot() throws Exception {
    new Random(11).nextBytes(content);
    needles
        .content("the content", content)
        .word("the bucket", BUCKET)
        .word("the key", KEY)
        .word("the end of the key", "walnutglyph")
        .word("the metadata", METADATA);
    capture = capture();
    Path source = Files.write(folder.resolve("source"), content);
    net.call("CreateBucket", BUCKET);
    String until =
        Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    String put =
        net.call("PutObject", BUCKET, KEY, source.toString(), METADATA, 100, COPIES, until, true)
            .asString();
    assertEquals("Finished", net.await(put).path("JobState").asString(""));
    whileStaged.addAll(foundAtOthers());
    while (!proven()) {
      net.clock().sleep(POLL);
    }
    Path out = folder.resolve("out");
    String get = net.call("GetObject", BUCKET, KEY, "", out.toString(), "100").asString();
    assertEquals("Finished", net.await(get).path("JobState").asString(""));
    assertArrayEquals(content, Files.readAllBytes(out));
    net.close();
    if (capture.isPresent()) {
      capture.get().destroy();
      assertTrue(capture.get().waitFor(20, TimeUnit.SECONDS));
    }
    keysAreNeedles();
  }

  @AfterAll
  void everythingEnds() {
    capture.ifPresent(Process::destroyForcibly);
    net.close();
  }

  private boolean proven() throws Exception {
    net.await(net.call("ObjectStatus", BUCKET, KEY).asString());
    List<String> states = new ArrayList<>();
    net.call("ObjectStatusSync", BUCKET, KEY)
        .path("contracts")
        .forEach(segment ->
            segment
                .path("Contracts")
                .forEach(each -> states.add(each.path("Status").asString(""))));
    return !states.isEmpty() && states.stream().allMatch("SC_AVAILABLE"::equals);
  }

  /// The object's key and the wallet's, from the user's own directory.
  private void keysAreNeedles() throws Exception {
    Path user = net.user().folder();
    Env env = new RealEnv("search", folder, new Slf4jLog("search"));
    try (Store store = env.disk().openStore(user.resolve("index"))) {
      ObjectIndex index = new ObjectIndex(store);
      OwnerKeys owner = new OwnerKeys(new DataFolder(env, user).wallet("", Optional.empty()));
      needles.key("the wallet's key", owner.wallet().toArray());
      var stored = index.stored(index.get(BUCKET, KEY).objectId().orElseThrow()).orElseThrow();
      try (ObjectKey key = owner.open(stored.key())) {
        needles.key("the object's key", key.toArray());
      }
    }
  }

  /// Where tcpdump is installed and may listen, it does.
  private Optional<Process> capture() throws IOException, InterruptedException {
    if (!Files.isExecutable(TCPDUMP)) {
      return Optional.empty();
    }
    Path said = folder.resolve("tcpdump.txt");
    Process process =
        new ProcessBuilder(
                TCPDUMP.toString(),
                "-i",
                "lo",
                "-s0",
                "-B65536",
                "-Zroot",
                "-w",
                traffic().toString(),
                "not port " + net.port())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Deadline limit = net.clock().in(LISTENS_WITHIN);
    while (!Files.readString(said).contains("listening on")) {
      if (!process.isAlive() || limit.passed()) {
        process.destroyForcibly();
        return Optional.empty();
      }
      net.clock().sleep(POLL);
    }
    return Optional.of(process);
  }

  private Path traffic() {
    return folder.resolve("traffic.pcap");
  }

  private List<String> foundAtOthers() throws IOException {
    List<String> found = new ArrayList<>();
    for (NodeRecord node : net.network().nodes()) {
      if (!node.role().equals("user")) {
        found.addAll(needles.foundUnder(node.folder()));
      }
    }
    return found;
  }

  @Test
  void theSearchFindsWhatIsThere() throws IOException {
    assertFalse(needles.foundIn(folder.resolve("out")).isEmpty());
    String atUser = String.join("\n", needles.foundUnder(net.user().folder().resolve("index")));
    assertTrue(atUser.contains("the bucket in "), atUser);
    assertTrue(atUser.contains("the metadata in "), atUser);
  }

  @Test
  void directoriesOfOthersHoldNothingOfTheObject() throws IOException {
    assertEquals(List.of(), whileStaged);
    assertEquals(List.of(), foundAtOthers());
  }

  @Test
  void theOwnersDirectoryHoldsNoKeyInTheClear() throws IOException {
    List<String> keys =
        needles.foundUnder(net.user().folder()).stream()
            .filter(found -> found.contains("'s key"))
            .toList();
    assertEquals(List.of(), keys);
  }

  @Test
  void trafficHoldsNothingOfTheObject() throws IOException {
    Assumptions.assumeTrue(
        capture.isPresent(), "tcpdump is not installed or may not listen on loopback");
    String said = Files.readString(folder.resolve("tcpdump.txt"));
    assertTrue(said.contains("\n0 packets dropped by kernel"), said);
    assertTrue(Files.size(traffic()) > (COPIES + 1L) * SIZE, "the capture misses the transfers");
    assertEquals(List.of(), needles.foundIn(traffic()));
  }
}
