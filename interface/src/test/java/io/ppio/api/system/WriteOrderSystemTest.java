package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.devnet.DevnetPlan;
import io.ppio.api.devnet.NodeRecord;
import io.ppio.api.system.StoreTrace.Batch;
import io.ppio.api.system.StoreTrace.Change;
import io.ppio.api.system.SystemCalls.Call;
import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Match;
import io.ppio.node.indexer.ContractEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Each role's writes, flushes, renames and acknowledgements have the order that durability needs,
/// by the system calls of all processes. A SIGKILL cannot show this: the page cache survives it.
///
/// How it is seen, although TLS hides what is sent. Every process of a network runs under strace,
/// which notes writes, flushes and renames with their moments (one clock for all) and makes each
/// flush take 100 ms longer. A put, two gets and a delete are done, then every process is killed
/// and the logs of its store are read: [StoreTrace] knows of each record when it was written and
/// when it was flushed. An acknowledgement is seen where it arrives: its receiver writes down what
/// it has learned (the user the matches, the completion of a segment and the deciphered bytes; the
/// indexer the StageAck and StoreAck; the miner receipt, certificate and what it has told), or the
/// RPC's answer reaches this test. So the rule is: the sender's flush ends before the receiver's
/// write begins. One that acknowledges without waiting is caught because loopback is faster than
/// the 100 ms by which its flush is late.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteOrderSystemTest {
  private static final String BUCKET = "orders";
  private static final int MINERS = 3;
  private static final int SEGMENT = 1 << 20;
  private static final int RECORD_MAX = 64 << 10;
  private static final Duration POLL = Duration.ofMillis(100);

  /// The wall clock of the JVM has another origin for its fractions than that of the trace.
  private static final long CLOCKS_MICROS = 5_000;

  private static final int SEALED = 2;
  private static final int RECORDED = 3;
  private static final int CERTIFIED = 4;

  private final Path folder;
  private final TreeMap<String, SystemCalls> calls = new TreeMap<>();
  private final TreeMap<String, StoreTrace> stores = new TreeMap<>();
  private final TreeMap<String, Long> answers = new TreeMap<>();
  private final TreeMap<String, Long> gaps = new TreeMap<>();
  private Path out;

  WriteOrderSystemTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder;
  }

  // What happens under the tracer.

  @BeforeAll
  void objectsArePutGotAndDeleted() throws Exception {
    Assumptions.assumeTrue(SystemCalls.available(), "strace is not installed");
    Path dir = folder.resolve("net");
    DevnetPlan plan = new DevnetPlan(dir, MINERS, 1, 1, 1, 512L << 20, SEGMENT);
    try (LocalNetwork net =
        LocalNetwork.startUnder(folder, plan, node -> SystemCalls.prefix(traced(node)))) {
      net.call("CreateBucket", BUCKET);
      put(net, "small", 100_000);
      get(net, "small", "small.out");
      put(net, "large", SEGMENT + 300_000);
      get(net, "large", "large.out");
      String deleted = net.call("DeleteObject", BUCKET, "large").asString();
      assertEquals("Finished", net.await(deleted).path("JobState").asString(""));
      answered(net, "delete");
      List<NodeRecord> nodes = net.network().nodes();
      for (NodeRecord node : nodes) {
        net.network().kill(node.name());
      }
      for (NodeRecord node : nodes) {
        SystemCalls seen = SystemCalls.read(folder.resolve("trace-" + node.name()), net.clock());
        calls.put(node.name(), seen);
        Path store = node.folder().resolve(node.role().equals("user") ? "index" : "store");
        stores.put(node.name(), StoreTrace.read(node.name(), seen, store));
      }
    }
  }

  private Path traced(NodeRecord node) throws IOException {
    return Files.createDirectories(folder.resolve("trace-" + node.name()));
  }

  private void answered(LocalNetwork net, String what) {
    answers.put(what, net.clock().wallMillis() * 1000 + CLOCKS_MICROS);
  }

  private void put(LocalNetwork net, String key, int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path source = Files.write(folder.resolve(key + ".in"), content);
    String until =
        Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    String task =
        net.call("PutObject", BUCKET, key, source.toString(), "", 100, 2, until, true).asString();
    answered(net, "put " + key);
    assertEquals("Finished", net.await(task).path("JobState").asString(""));
    answered(net, "put finished " + key);
    while (!proven(net, key)) {
      net.clock().sleep(POLL);
    }
  }

  private static boolean proven(LocalNetwork net, String key) throws Exception {
    net.await(net.call("ObjectStatus", BUCKET, key).asString());
    JsonNode segments = net.call("ObjectStatusSync", BUCKET, key).path("contracts");
    List<String> states = new ArrayList<>();
    segments.forEach(segment ->
        segment.path("Contracts").forEach(each -> states.add(each.path("Status").asString(""))));
    return !states.isEmpty() && states.stream().allMatch("SC_AVAILABLE"::equals);
  }

  private void get(LocalNetwork net, String key, String name) throws Exception {
    out = folder.resolve(name);
    String task = net.call("GetObject", BUCKET, key, "", out.toString(), "100").asString();
    answered(net, "get " + key);
    assertEquals("Finished", net.await(task).path("JobState").asString(""));
    answered(net, "get finished " + key);
    assertArrayEquals(Files.readAllBytes(folder.resolve(key + ".in")), Files.readAllBytes(out));
  }

  @AfterAll
  void gapsAreReported() throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    StringBuilder text = new StringBuilder();
    gaps.forEach((what, gap) ->
        text.append(gap / 1000.0).append(" ms at least: ").append(what).append('\n'));
    Files.writeString(target.resolve("write-order.txt"), text);
  }

  // What must hold.

  private void before(String what, long flushed, long seen) {
    assertTrue(flushed < Long.MAX_VALUE, () -> what + ": never flushed");
    assertTrue(flushed <= seen, () -> what + ": " + (flushed - seen) + " us too early");
    gaps.merge(what, seen - flushed, Math::min);
  }

  private StoreTrace store(String name) {
    return Objects.requireNonNull(stores.get(name), name);
  }

  private SystemCalls trace(String name) {
    return Objects.requireNonNull(calls.get(name), name);
  }

  private long answer(String what) {
    return Objects.requireNonNull(answers.get(what), what);
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Predicate<Change> put(int first, Predicate<Bytes> value) {
    return change -> change.under(first) && change.value().filter(value).isPresent();
  }

  /// Calls that are about a file whose name contains `part`.
  private List<Call> about(String node, String part) {
    return trace(node).all(call -> call.file().toString().contains(part));
  }

  private static long lastEnd(List<Call> some) {
    return some.stream().mapToLong(Call::end).max().orElseThrow();
  }

  // The user.

  @Test
  void theUserAnswersAPutWhenTheIndexEntryIsDurable() {
    for (String key : List.of("small", "large")) {
      Batch entry =
          store("user-1").first(key, change -> change.under('o') && change.holds(text(key)));
      before("user: index entry, answer of PutObject", entry.durable(), answer("put " + key));
      Batch task = store("user-1").last(key, finishes(folder.resolve(key + ".in")));
      before("user: end of put, Finished", task.durable(), answer("put finished " + key));
    }
  }

  /// The last record of a task is that of its end.
  private static Predicate<Change> finishes(Path path) {
    return change ->
        change.under('t') && change.value().isPresent() && change.holds(text(path.toString()));
  }

  @Test
  void theUserPublishesADownloadInOrder() {
    for (String key : List.of("small", "large")) {
      Path target = folder.resolve(key + ".out");
      List<Call> part = about("user-1", "." + key + ".out.ppio-part-");
      Call rename = part.stream().filter(Call::renames).findFirst().orElseThrow();
      long written = lastEnd(part.stream().filter(Call::writes).toList());
      SystemCalls user = trace("user-1");
      assertEquals(target, rename.to());
      before("user: bytes, rename", user.flushed(rename.file(), written), rename.start());
      Batch end = store("user-1").last(key, finishes(target));
      before("user: rename, record of the end", user.flushed(folder, rename.end()), end.written());
      before("user: end of get, Finished", end.durable(), answer("get finished " + key));
    }
  }

  @Test
  void theUserRecordsASegmentWhenItsBytesAreDurable() {
    List<Call> part = about("user-1", ".large.out.ppio-part-");
    SystemCalls user = trace("user-1");
    List<Batch> complete = store("user-1").all(put('p', value -> value.equals(Bytes.of((byte) 1))));
    assertEquals(2, complete.size());
    for (Batch batch : complete) {
      Bytes key =
          batch.changes().stream()
              .filter(change -> change.under('p'))
              .findFirst()
              .orElseThrow()
              .key();
      int segment = key.at(key.size() - 1);
      List<Call> writes =
          part.stream()
              .filter(call -> call.writes() && call.position() / SEGMENT == segment)
              .toList();
      long flushed = user.flushed(writes.getFirst().file(), lastEnd(writes));
      before("user: bytes of a segment, its journal", flushed, batch.written());
    }
  }

  // The indexer.

  /// The records of one contract in the indexer's store that `wanted` takes.
  private static Predicate<Change> contract(Bytes id, Predicate<ContractEntry> wanted) {
    return put(
        ContractEntry.KEY,
        value -> {
          try {
            ContractEntry entry = ContractEntry.decode(value);
            return entry.id().bytes().equals(id) && wanted.test(entry);
          } catch (MalformedMessage e) {
            throw new AssertionError(e);
          }
        });
  }

  /// The contracts that the indexer made.
  private List<Bytes> contracts() {
    List<Bytes> found =
        store("indexer-1").all(change -> change.under(ContractEntry.KEY)).stream()
            .flatMap(batch -> batch.changes().stream())
            .filter(change -> change.under(ContractEntry.KEY))
            .map(change -> change.key().slice(1, 1 + Hash.SIZE))
            .distinct()
            .toList();
    assertFalse(found.isEmpty());
    return found;
  }

  @Test
  void theIndexerAnswersWithMatchesThatAreDurable() {
    for (Bytes id : contracts()) {
      Batch made = store("indexer-1").first("match", contract(id, _ -> true));
      Batch known = store("user-1").first("match", change -> change.holds(id));
      before("indexer: match, the user's note of it", made.durable(), known.written());
    }
  }

  @Test
  void theIndexerConfirmsAcknowledgementsThatAreDurable() {
    for (Bytes id : contracts()) {
      for (int number = 1; number <= 2; number++) {
        int count = number;
        Batch kept =
            store("indexer-1")
                .first("ack", contract(id, entry -> entry.evidence().code() >= count));
        Batch told = first(id, "what was told", copy -> copy.told() >= count);
        before("indexer: ack " + number + ", the miner's note", kept.durable(), told.written());
      }
      Batch active =
          store("indexer-1")
              .first("proof", contract(id, entry -> entry.state() == ContractState.AVAILABLE));
      Batch proven = first(id, "the end of the proof", copy -> copy.state() > CERTIFIED);
      before("indexer: proven, the miner's note", active.durable(), proven.written());
    }
  }

  @Test
  void theIndexerEndsContractsBeforeTheUserForgetsThem() {
    Predicate<Change> gone = change -> change.under('o') && change.value().isEmpty();
    Batch forgotten = store("user-1").last("deletion", gone);
    int ended = 0;
    for (Bytes id : contracts()) {
      Predicate<Change> end = contract(id, entry -> entry.state() == ContractState.TERMINATED);
      for (Batch batch : store("indexer-1").all(end)) {
        before("indexer: end, the user's deletion", batch.durable(), forgotten.written());
        ended++;
      }
    }
    assertEquals(4, ended);
    before("user: deletion, Finished", forgotten.durable(), answer("delete"));
  }

  // The miners.

  /// What a miner's record says.
  ///
  /// @param told acknowledgements that the indexer has heard of
  private record Copy(Bytes id, int state, int told) {}

  private static Copy copy(Bytes value) {
    try {
      CanonicalReader in = new CanonicalReader(value);
      Bytes id = in.message(1, Match.ENCODED_MAX, Match::decode).body().contractId().bytes();
      in.list(2, RECORD_MAX, Hash.SIZE, Hash::of);
      in.bytes(3, RECORD_MAX);
      CanonicalReader life = new CanonicalReader(in.bytes(4, RECORD_MAX));
      int state = life.u32(1);
      int heard = life.bool(2) ? 1 : 0;
      return new Copy(id, state, Math.min(2, state - 1 + heard));
    } catch (MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  private String holder(Bytes id) {
    return stores.keySet().stream()
        .filter(name -> name.startsWith("miner"))
        .filter(name -> !store(name).all(change -> change.under('K') && change.holds(id)).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private Batch first(Bytes id, String what, Predicate<Copy> wanted) {
    return store(holder(id))
        .first(
            what,
            change ->
                change.under('K')
                    && change
                        .value()
                        .filter(value -> change.key().slice(1, 1 + Hash.SIZE).equals(id))
                        .filter(value -> wanted.test(copy(value)))
                        .isPresent());
  }

  @Test
  void aMinerAcknowledgesWhatIsStagedDurably() {
    for (Bytes id : contracts()) {
      String miner = holder(id);
      Batch staged = first(id, "staging", _ -> true);
      List<Call> file = about(miner, "/staging/" + id.hex());
      List<Call> writes = file.stream().filter(Call::writes).toList();
      long bytes = trace(miner).flushed(writes.getFirst().file(), lastEnd(writes));
      before("miner: staged bytes, record", bytes, staged.written());
      Batch ack =
          store("indexer-1").first("StageAck", contract(id, entry -> entry.evidence().code() >= 1));
      before("miner: staged, the indexer's StageAck", staged.durable(), ack.written());
      before("miner: staged, the user's completion", staged.durable(), completion(id));
    }
  }

  /// When the user began to record that the segment of a contract has its acknowledgements.
  private long completion(Bytes id) {
    Change note =
        store("user-1")
            .first("match", change -> change.under('s') && change.holds(id))
            .changes()
            .stream()
            .filter(change -> change.under('s') && change.holds(id))
            .findFirst()
            .orElseThrow();
    Bytes segment = note.key().slice(1, note.key().size());
    return store("user-1")
        .first("completion", change -> change.under('r') && change.holds(segment))
        .written();
  }

  @Test
  void aMinerAcknowledgesWhatIsSealedDurably() {
    for (Bytes id : contracts()) {
      String miner = holder(id);
      Batch sealed = first(id, "sealing", copy -> copy.state() >= SEALED);
      long lastTile =
          about(miner, "/plot/plot.dat").stream()
              .filter(call -> call.writes() && call.end() <= sealed.written())
              .mapToLong(Call::end)
              .max()
              .orElseThrow();
      long begun = first(id, "staging", _ -> true).written();
      long tiles =
          about(miner, "/plot/plot.dat").stream()
              .filter(call -> call.flushes() && call.start() >= begun)
              .mapToLong(Call::end)
              .min()
              .orElse(Long.MAX_VALUE);
      assertTrue(lastTile > begun, "nothing was written to the plot");
      before("miner: tiles, record", tiles, sealed.written());
      Batch ack =
          store("indexer-1").first("StoreAck", contract(id, entry -> entry.evidence().code() >= 2));
      before("miner: sealed, the indexer's StoreAck", sealed.durable(), ack.written());
    }
  }

  // The verifier.

  @Test
  void theVerifierKeepsVouchersBeforeItGivesKeys() {
    List<Batch> vouchers =
        store("verifier-1").all(change -> change.holds(text("L/v/"))).stream().toList();
    assertFalse(vouchers.isEmpty(), "no lane went through the verifier");
    for (String key : List.of("small", "large")) {
      long asked = answer("get " + key) - SystemCalls.FLUSH_MILLIS * 1000L;
      long kept =
          vouchers.stream()
              .filter(batch -> batch.written() >= asked)
              .mapToLong(Batch::durable)
              .min()
              .orElseThrow();
      Call plain =
          about("user-1", "." + key + ".out.ppio-part-").stream()
              .filter(Call::writes)
              .findFirst()
              .orElseThrow();
      before("verifier: voucher, deciphered bytes", kept, plain.start());
    }
  }

  @Test
  void theVerifierKeepsItsWordBeforeItGivesIt() {
    for (Bytes id : contracts()) {
      Batch commit = store("verifier-1").first("receipt", said("P/c/", id));
      Batch recorded = first(id, "receipt", copy -> copy.state() >= RECORDED);
      before("verifier: receipt, the miner's note", commit.durable(), recorded.written());
      Batch finding = store("verifier-1").first("finding", said("P/f/", id));
      Batch certified = first(id, "certificate", copy -> copy.state() >= CERTIFIED);
      before("verifier: signature, the miner's note", finding.durable(), certified.written());
    }
  }

  private static Predicate<Change> said(String prefix, Bytes id) {
    return change -> change.holds(text(prefix)) && change.holds(id);
  }
}
