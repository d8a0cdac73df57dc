package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.config.RoleFile;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.crypto.merkle.Tile;
import io.ppio.incentive.contract.Match;
import io.ppio.network.peer.NodeRole;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.wire.Status;
import io.ppio.node.host.HostConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Miners and readers that cheat, among processes that do not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheatsSystemTest {
  private static final int MINERS = 3;
  private static final int VERIFIERS = 3;
  private static final int SEGMENT = 4 << 20;
  private static final int TILES = 3;
  private static final int HEADER = 4096;
  private static final int BLOCK = 16;
  private static final int WINDOW = 8;
  private static final long LIMIT_NANOS = 60_000_000_000L;
  private static final long POLL_MILLIS = 100;
  private static final String BUCKET = "cheats";

  private final Path folder;
  private final LocalNetwork net;

  CheatsSystemTest(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.net = LocalNetwork.start(folder.resolve("net"), MINERS, VERIFIERS, SEGMENT);
  }

  @BeforeAll
  void aBucketIsThere() throws IOException {
    net.call("CreateBucket", BUCKET);
  }

  @AfterAll
  void networkGoesDown() throws InterruptedException {
    net.close();
  }

  // What tests do.

  /// Stores an object of zeros, three tiles long, and waits until the put is over.
  private byte[] put(String key, int copies) throws Exception {
    byte[] content = new byte[TILES * Tile.SIZE - 1000];
    Path source = folder.resolve(key);
    Files.write(source, content);
    String task =
        net.call(
                "PutObject",
                BUCKET,
                key,
                source.toString(),
                "",
                100,
                copies,
                Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS).toString(),
                true)
            .asString();
    assertEquals("Finished", net.await(task).path("JobState").asString(""));
    return content;
  }

  private void get(String key, byte[] content) throws Exception {
    Path target = folder.resolve(key + ".out");
    String task = net.call("GetObject", BUCKET, key, "", target.toString(), 100).asString();
    JsonNode end = net.await(task);
    assertEquals("Finished", end.path("JobState").asString(""), end::toString);
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  /// The contracts of an object of one segment, asked anew from the indexer.
  private List<JsonNode> contracts(String key) throws Exception {
    net.await(net.call("ObjectStatus", BUCKET, key).asString());
    JsonNode segment = net.call("ObjectStatusSync", BUCKET, key).path("contracts").path(0);
    List<JsonNode> contracts = new ArrayList<>();
    segment.path("Contracts").forEach(contracts::add);
    return contracts;
  }

  private JsonNode contract(String key, NodeRecord miner) throws Exception {
    return contracts(key).stream()
        .filter(contract -> contract.path("MinerID").asString("").equals(miner.account()))
        .findFirst()
        .orElseThrow();
  }

  @FunctionalInterface
  private interface Question {
    boolean holds() throws Exception;
  }

  private void await(String what, Question question) throws Exception {
    long until = System.nanoTime() + LIMIT_NANOS;
    while (!question.holds()) {
      assertTrue(System.nanoTime() - until < 0, () -> "never: " + what);
      net.clock().sleep(Duration.ofMillis(POLL_MILLIS));
    }
  }

  private void awaitProven(String key, int copies) throws Exception {
    await(
        key + " is proven",
        () ->
            contracts(key).stream()
                    .filter(contract -> status(contract).equals("SC_AVAILABLE"))
                    .count()
                == copies);
  }

  private static String status(JsonNode contract) {
    return contract.path("Status").asString("");
  }

  /// The miner that a reader asks first: all being equal, the one with the smallest peer id.
  private NodeRecord first(List<JsonNode> contracts) {
    return miners().stream()
        .filter(node ->
            contracts.stream()
                .anyMatch(each -> each.path("MinerID").asString("").equals(node.account())))
        .min(Comparator.comparing(NodeRecord::peerId))
        .orElseThrow();
  }

  private static Path plot(NodeRecord miner) {
    return miner.folder().resolve("plot").resolve("plot.dat");
  }

  /// The starts of the tiles of a plot that are not all zero, by number. A tile that was freed is
  /// still there, and its place may be taken by another one: by its start it is known.
  private static Map<Integer, ByteBuffer> used(NodeRecord miner) throws IOException {
    Map<Integer, ByteBuffer> used = new TreeMap<>();
    try (FileChannel file = FileChannel.open(plot(miner))) {
      ByteBuffer start = ByteBuffer.allocate(64);
      for (int tile = 0; HEADER + (long) tile * Tile.SIZE < file.size(); tile++) {
        file.read(start.clear(), HEADER + (long) tile * Tile.SIZE);
        for (byte each : start.array()) {
          if (each != 0) {
            used.put(tile, ByteBuffer.wrap(start.array().clone()));
            break;
          }
        }
      }
    }
    return used;
  }

  /// The tiles of a plot that were not there `before`.
  private static Set<Integer> fresh(NodeRecord miner, Map<Integer, ByteBuffer> before)
      throws IOException {
    Map<Integer, ByteBuffer> fresh = used(miner);
    fresh.entrySet().removeAll(before.entrySet());
    return fresh.keySet();
  }

  private Map<String, Map<Integer, ByteBuffer>> plots() throws IOException {
    Map<String, Map<Integer, ByteBuffer>> plots = new TreeMap<>();
    for (NodeRecord miner : miners()) {
      plots.put(miner.name(), used(miner));
    }
    return plots;
  }

  private List<NodeRecord> miners() {
    return net.network().nodes().stream().filter(node -> node.role().equals("miner")).toList();
  }

  private static byte[] tile(NodeRecord miner, int tile) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Tile.SIZE);
    try (FileChannel file = FileChannel.open(plot(miner))) {
      file.read(bytes, HEADER + (long) tile * Tile.SIZE);
    }
    return bytes.array();
  }

  private static void flip(Path path, long position) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 1)).flip();
      file.write(one, position);
    }
  }

  /// The lines of a node's log with `text` in them.
  private static List<String> logged(NodeRecord node, String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(node.folder())) {
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).toList()) {
        Files.readAllLines(file).stream().filter(line -> line.contains(text)).forEach(found::add);
      }
    }
    return found;
  }

  /// What the tests saw, for the reader of their output.
  private static void print(String what, Object... values) {
    System.out.println(what + ": " + Arrays.toString(values));
  }

  @Test
  @Order(1)
  void plotsOfTwoCopiesShareNoTileAndDoNotCompress() throws Exception {
    put("alike", MINERS);
    awaitProven("alike", MINERS);
    Set<ByteBuffer> tiles = new HashSet<>();
    Set<ByteBuffer> blocks = new HashSet<>();
    int count = 0;
    for (NodeRecord miner : miners()) {
      Set<Integer> used = used(miner).keySet();
      assertEquals(TILES, used.size());
      for (int each : used) {
        byte[] bytes = tile(miner, each);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        int size = deflater.deflate(new byte[2 * Tile.SIZE]);
        deflater.end();
        assertTrue(size >= Tile.SIZE, () -> "a tile shrinks to " + size);
        tiles.add(ByteBuffer.wrap(bytes));
        for (int at = 0; at < Tile.SIZE; at += BLOCK) {
          blocks.add(ByteBuffer.wrap(bytes, at, BLOCK).slice());
        }
        count++;
      }
    }
    print("tiles, different ones, different blocks of 16", count, tiles.size(), blocks.size());
    assertEquals(count, tiles.size());
    assertEquals(count * Tile.SIZE / BLOCK, blocks.size());
  }

  @Test
  @Order(2)
  void aByteThatAMinerFlipsInItsPlotIsCaught() throws Exception {
    NodeRecord any = net.network().node("miner-1");
    assertEquals(TILES, used(any).size(), "the copies of the test before");
    Map<String, Map<Integer, ByteBuffer>> before = plots();
    byte[] content = put("flipped", MINERS);
    awaitProven("flipped", MINERS);
    NodeRecord cheat = first(contracts("flipped"));
    Set<Integer> fresh = fresh(cheat, before.getOrDefault(cheat.name(), Map.of()));
    assertEquals(TILES, fresh.size());
    // While it runs: what it finds by itself when it starts it reports by itself.
    flip(plot(cheat), HEADER + (long) fresh.iterator().next() * Tile.SIZE + 77_777);

    get("flipped", content);
    caught("flipped", cheat, "tile-corrupt");
    assertEquals(
        MINERS - 1,
        contracts("flipped").stream().filter(each -> status(each).equals("SC_AVAILABLE")).count());
  }

  /// The user sees what the miner did, and so do the logs.
  private void caught(String key, NodeRecord cheat, String event) throws Exception {
    await(
        "the contract is in trouble", () -> status(contract(key, cheat)).equals("SC_UNAVAILABLE"));
    JsonNode contract = contract(key, cheat);
    assertEquals("corrupt copy reported", contract.path("Note").asString(""));
    String id = contract.path("ContractID").asString("").substring(0, 16);
    List<String> indexer = logged(net.network().node("indexer-1"), "copy-reported");
    indexer.removeIf(line -> !line.contains(id));
    assertFalse(indexer.isEmpty(), "nothing in the indexer's log");
    List<String> user = logged(net.user(), "lane-failed");
    user.removeIf(line -> !line.contains(id));
    assertFalse(user.isEmpty(), "nothing in the user's log");
    print(key, contract, user.getLast(), indexer);
    if (!event.isEmpty()) {
      List<String> miner = logged(cheat, event);
      assertFalse(miner.isEmpty(), "nothing in the miner's log");
      print(cheat.name(), miner);
    }
  }

  @Test
  @Order(3)
  void aByteThatAMinerFlipsInItsStagingIsCaught() throws Exception {
    for (int i = 1; i <= VERIFIERS; i++) {
      net.network().kill("verifier-" + i);
    }
    try {
      byte[] content = put("staged", 2);
      List<JsonNode> contracts = contracts("staged");
      assertEquals(
          List.of("SC_PENDING", "SC_PENDING"), contracts.stream().map(c -> status(c)).toList());
      NodeRecord cheat = first(contracts);
      List<Path> files;
      try (Stream<Path> staging = Files.list(cheat.folder().resolve("staging"))) {
        files = staging.filter(file -> file.toString().endsWith(".stage")).toList();
      }
      assertEquals(1, files.size());
      flip(files.getFirst(), Files.size(files.getFirst()) / 2);

      get("staged", content);
      caught("staged", cheat, "tile-corrupt");
    } finally {
      net.network().start(_ -> {});
    }
    awaitProven("staged", 1);
    print("after the verifiers came back", contracts("staged"));
  }

  /// The copy that another miner than the cheat got since `before`. One that tried meanwhile to
  /// seal the damaged copy of the test before has more new tiles than those, and is left alone.
  private List<byte[]> loot(NodeRecord cheat, Map<String, Map<Integer, ByteBuffer>> before)
      throws IOException {
    for (NodeRecord victim : miners()) {
      Set<Integer> fresh = fresh(victim, before.getOrDefault(victim.name(), Map.of()));
      if (!victim.name().equals(cheat.name()) && fresh.size() == TILES) {
        List<byte[]> loot = new ArrayList<>();
        for (int each : fresh) {
          loot.add(tile(victim, each));
        }
        return loot;
      }
    }
    throw new AssertionError("no miner has exactly the tiles of the copy");
  }

  @Test
  @Order(4)
  void aMinerThatServesTheCopyOfAnotherIsCaught() throws Exception {
    Map<String, Map<Integer, ByteBuffer>> before = plots();
    byte[] content = put("stolen", MINERS);
    awaitProven("stolen", MINERS);
    NodeRecord cheat = first(contracts("stolen"));
    List<byte[]> loot = loot(cheat, before);
    net.network().kill(cheat.name());
    RoleFile.HostPort address = RoleFile.HostPort.parse(cheat.address());
    HostConfig config =
        new HostConfig(
            NodeRole.MINER,
            "thief",
            cheat.folder(),
            new InetSocketAddress(address.host(), address.port()),
            Outsider.genesis(net),
            List.of());
    Thief thief = new Thief(loot, content.length);
    try (Outsider _ = Outsider.join(net, cheat.folder(), config, thief::serve)) {
      get("stolen", content);
    }
    assertTrue(thief.served() > 0, "nobody asked the thief");
    print(
        "pieces of the thief, keys, checks by its key holder",
        thief.served(),
        thief.reveals(),
        thief.checks());
    caught("stolen", cheat, "");
    net.network().start(cheat.name());
  }

  @Test
  @Order(5)
  void aReaderThatWithholdsItsVouchersGetsTwoWindowsThatItCannotRead() throws Exception {
    Freeloader.Offers offers = new Freeloader.Offers();
    try (Outsider reader = Outsider.user(net, folder.resolve("reader"), offers::serve)) {
      Outsider.Body body = Outsider.Body.random(SEGMENT / Tile.SIZE, 5);
      Match match = reader.store(body, 1).getFirst();
      Freeloader freeloader = Freeloader.open(reader, offers, body, match);
      List<byte[]> got = new ArrayList<>();
      CallFailed end = assertThrows(CallFailed.class, () -> freeloader.readOn(got));
      assertEquals(Status.PAYMENT_REQUIRED, end.status());
      assertTrue(got.size() <= 2 * WINDOW, () -> got.size() + " pieces without a voucher");
      for (byte[] piece : got) {
        assertTrue(body.tiles().stream().noneMatch(tile -> Arrays.equals(tile, piece)));
      }
      print(
          "pieces before the miner stops, keys of the miner, of the holder",
          got.size(),
          assertThrows(CallFailed.class, freeloader::askMinerForAKey),
          assertThrows(CallFailed.class, freeloader::askHolderForAKey));
      assertThrows(CallFailed.class, () -> freeloader.readOn(got));
    }
  }
}
