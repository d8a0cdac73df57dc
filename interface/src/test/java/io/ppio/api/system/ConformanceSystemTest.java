package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Conformance cases 1 to 27, 39, 41 to 43 and 61 of interface specification 11 against a real
/// daemon; numbers are its cases. One network serves all of them, so their order is fixed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConformanceSystemTest {
  private static final String B = "bucketname";

  private final Path folder;
  private final LocalNetwork net;
  private final Path source;
  private final byte[] content = new byte[2_500_000];

  ConformanceSystemTest(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.net = LocalNetwork.around(folder.resolve("net"), 3, 1);
    this.source = folder.resolve("source.bin");
    new Random(1).nextBytes(content);
    Files.write(source, content);
  }

  @BeforeAll
  void networkIsUp() throws IOException {
    assertEquals("0.1", net.call("APIVersion").asString());
  }

  @AfterAll
  void networkGoesDown() throws InterruptedException {
    net.close();
  }

  private static String inDays(long days) {
    return Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private String put(String key, Object copies, String expires) throws IOException {
    return net.call("PutObject", B, key, source.toString(), "", 100, copies, expires, true)
        .asString();
  }

  private static RawHttp.Answer version(
      RawHttp http, String path, String version, String type, String body) throws IOException {
    List<String> headers = type.isEmpty() ? List.of() : List.of("Content-Type: " + type);
    return http.post(path, version, headers, body);
  }

  @Test
  @Order(1)
  void cases1To4TheEnvelopeIsReadLiberally() throws IOException {
    RawHttp http = net.http();
    String whole = "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"}\n";
    String ask = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"APIVersion\",\"params\":[]}";
    RawHttp.Answer first = version(http, "/rpc", "HTTP/1.1", "text/json;", ask);
    assertEquals(whole, first.body());
    assertEquals(
        "application/json; charset=utf-8",
        first.header("Content-Type").toLowerCase(java.util.Locale.ROOT));
    assertEquals(
        "{\"id\":null,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"}\n",
        version(
                http,
                "/rpc",
                "HTTP/1.1",
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"method\":\"APIVersion\",\"params\":[]}")
            .body());
    assertEquals(
        "{\"id\":-5,\"jsonrpc\":\"2.0\",\"result\":\"0.1\"}\n",
        version(
                http,
                "/rpc",
                "HTTP/1.0",
                "application/x-www-form-urlencoded",
                "{\"id\":-5,\"method\":\"APIVersion\",\"params\":[]}")
            .body());
    assertEquals(whole, version(http, "/", "HTTP/1.1", "", ask).body());
  }

  @Test
  @Order(2)
  void cases5And6ErrorsHaveStatus200() throws IOException {
    assertEquals("0.1", net.call("apiversion").asString());
    assertEquals(-32601, net.answer("Nope").path("error").path("code").intValue());
    RawHttp.Answer broken = version(net.http(), "/rpc", "HTTP/1.1", "", "{");
    assertEquals(200, broken.status());
    assertTrue(broken.body().contains("-32700"));
    assertTrue(broken.body().contains("\"id\":null"));
  }

  @Test
  @Order(3)
  void cases7To11Buckets() throws IOException {
    assertEquals("[]", Json.compact(net.call("ListBuckets")));
    assertEquals("[]", Json.compact(net.call("ListBuckets", "")));
    assertTrue(net.call("CreateBucket", B).isNull());
    assertEquals("-1/307102 bucket exists", net.error("CreateBucket", B));
    for (String bad : List.of("ab", "Abc", "a_b", "-abc", "a".repeat(64))) {
      assertTrue(
          net.error("CreateBucket", bad).startsWith("-1/307002 illegal option: bucket"), bad);
    }
    for (String good : List.of("abc", "0ab", "a".repeat(63))) {
      assertTrue(net.call("CreateBucket", good).isNull());
    }
    for (int i = 4; i < 100; i++) {
      net.call("CreateBucket", "more-" + i);
    }
    assertTrue(net.error("CreateBucket", "one-too-many").startsWith("-1/307103"));
    assertEquals(100, net.call("ListBuckets").size());
    assertEquals(B, net.call("ListBuckets").path(0).asString());
    assertEquals("exists", net.call("HeadBucket", B).asString());
    assertEquals("-1/307101 bucket not exists", net.error("HeadBucket", "missing"));
  }

  @Test
  @Order(4)
  void case12EmptyObjects() throws IOException {
    assertEquals(
        "",
        net.call("PutObject", B, "emptyobj", "", "this is metadata", "", 0, "", true).asString());
    JsonNode listed = net.call("ListObjects", B).path(0);
    assertTrue(listed.path("isdir").booleanValue());
    assertEquals(0, listed.path("length").intValue());
    assertEquals("", listed.path("status").asString());
    assertEquals("0001-01-01T00:00:00Z", listed.path("expires").asString());
  }

  @Test
  @Order(5)
  void cases13And14APutFinishesAndTakesItsKey() throws Exception {
    String task =
        net.call(
                "PutObject",
                B,
                "k",
                source.toString(),
                new LocalNetwork.NoValue(),
                100,
                new LocalNetwork.NoValue(),
                Instant.now()
                    .plus(365, ChronoUnit.DAYS)
                    .plusSeconds(60)
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toString(),
                true)
            .asString();
    assertTrue(task.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), task);
    JsonNode progress = net.await(task);
    assertEquals("Finished", progress.path("JobState").asString(), progress.toString());
    assertEquals(content.length, progress.path("TotalBytes").longValue());
    assertEquals(content.length, progress.path("FinishedBytes").longValue());
    assertEquals(
        "2017/307152 key exists",
        net.error("PutObject", B, "k", source.toString(), "", 100, 2, inDays(2), true));
    Path out = folder.resolve("k.out");
    JsonNode fetched =
        net.await(net.call("GetObject", B, "k", "", out.toString(), "100").asString());
    assertEquals("Finished", fetched.path("JobState").asString(), fetched.toString());
    assertTrue(Arrays.equals(content, Files.readAllBytes(out)));
  }

  @Test
  @Order(6)
  void case15BadOptions() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    String file = source.toString();
    List<Object[]> bad = new ArrayList<>();
    bad.add(new Object[] {B, "x", empty.toString(), "", 100, 2, inDays(2), true});
    bad.add(new Object[] {B, "x", file, "", 100, 11, inDays(2), true});
    bad.add(new Object[] {B, "x", file, "", 100, 2, inDays(2), false});
    bad.add(new Object[] {B, "x", file, "m".repeat(4097), 100, 2, inDays(2), true});
    bad.add(new Object[] {B, "x".repeat(4096), file, "", 100, 2, inDays(2), true});
    bad.add(
        new Object[] {B, "x", file, "", 100, 2, Instant.now().plusSeconds(3600).toString(), true});
    bad.add(new Object[] {B, "x", file, "", 100, 2, inDays(400), true});
    bad.add(new Object[] {B, "x", file, "", 100, 2, "", true});
    for (Object[] params : bad) {
      assertTrue(
          net.error("PutObject", params).startsWith("-1/307002 illegal option: "),
          () -> Arrays.toString(params));
    }
    assertTrue(
        net.error(
                "PutObject", B, "x", folder.resolve("none").toString(), "", 100, 2, inDays(2), true)
            .endsWith(": no such file or directory"));
  }

  @Test
  @Order(7)
  void cases16And17CopiesMayBeTextAndProgressStartsAt0Of1() throws Exception {
    for (Object copies : List.of("1", 2)) {
      String task = put("copies-" + copies, copies, inDays(2));
      assertEquals("Finished", net.await(task).path("JobState").asString());
    }
  }

  @Test
  @Order(8)
  void cases18To24TasksInTheirStates() throws Exception {
    String finished = put("done", 2, inDays(2));
    net.await(finished);
    assertEquals("-1/307202 task not running", net.error("PauseTask", finished));
    JsonNode tasks = Json.parse(net.call("ListTasks").asString());
    List<String> members = new ArrayList<>();
    tasks.path(0).properties().forEach(member -> members.add(member.getKey()));
    assertEquals(
        List.of("id", "type", "state", "from", "to", "total", "finished", "create", "error"),
        members);
    String unknown = "00000000-0000-4000-8000-000000000000";
    for (String method : List.of("GetTask", "PauseTask", "DeleteTaskSync", "GetJobProgress")) {
      assertTrue(net.error(method, unknown).contains("task not found"), method);
    }
    for (JsonNode task : tasks) {
      assertTrue(net.call("DeleteTaskSync", task.path("id").asString()).isNull());
    }
    assertEquals("[]", net.call("ListTasks").asString());
  }

  @Test
  @Order(9)
  void cases18To21ALongPutIsPausedResumedAndSurvivesARestart() throws Exception {
    Path large = folder.resolve("large.bin");
    byte[] bytes = new byte[48 << 20];
    new Random(2).nextBytes(bytes);
    Files.write(large, bytes);
    String task =
        net.call("PutObject", B, "large", large.toString(), "", 100, 2, inDays(2), true).asString();
    net.awaitBytes(task, 1 << 20);
    assertEquals("-1/307202 task is running", net.error("DeleteTask", task));
    assertTrue(net.call("PauseTask", task).isNull());
    JsonNode paused = net.call("GetJobProgress", task);
    assertEquals("Paused", paused.path("JobState").asString());
    assertEquals("job is aborted", paused.path("Err").asString());
    long before = paused.path("FinishedBytes").longValue();
    assertTrue(net.call("ResumeTask", task).isNull());
    JsonNode resumed = net.call("GetJobProgress", task);
    assertFalse(List.of("Paused", "Error").contains(resumed.path("JobState").asString()));
    assertTrue(resumed.path("FinishedBytes").longValue() >= before - (16 << 20));
    net.network().kill("user-1");
    net.network().start("user-1");
    JsonNode listed = Json.parse(net.call("GetTask", task).asString());
    assertTrue(List.of("Paused", "Finished").contains(listed.path("state").asString()));
    if (listed.path("state").asString().equals("Paused")) {
      net.call("ResumeTask", task);
    }
    assertEquals("Finished", net.await(task).path("JobState").asString());
    Path out = folder.resolve("large.out");
    net.await(net.call("GetObject", B, "large", "", out.toString(), "100").asString());
    assertTrue(Arrays.equals(bytes, Files.readAllBytes(out)));
  }

  @Test
  @Order(10)
  void cases25And26HeadAndStatus() throws Exception {
    Instant wanted = Instant.now().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.MILLIS);
    net.await(put("status", 2, wanted.toString()));
    JsonNode head = Json.parse(net.call("HeadObject", B, "status").asString());
    assertTrue(head.path("state").isIntegralNumber());
    assertEquals(wanted, Instant.parse(head.path("expires").asString()));
    JsonNode status = net.call("ObjectStatusSync", B, "status");
    List<String> members = new ArrayList<>();
    status.properties().forEach(member -> members.add(member.getKey()));
    assertEquals(
        List.of("bucket", "key", "length", "create", "expires", "state", "contracts"), members);
    assertEquals(3, status.path("contracts").size());
    for (JsonNode segment : status.path("contracts")) {
      for (JsonNode contract : segment.path("Contracts")) {
        long pieces = (contract.path("ChunkSize").longValue() + 131_071) / 131_072;
        long seconds =
            contract.path("ExpireTime").longValue() - contract.path("BeginTime").longValue();
        long hours = Math.max(24, (seconds + 3599) / 3600);
        assertEquals(
            BigInteger.valueOf(pieces * hours * 100).toString(), contract.path("Funds").asString());
        assertTrue(contract.path("MinerID").asString().startsWith("ppio1"));
        assertEquals(64, contract.path("ContractID").asString().length());
      }
    }
  }

  @Test
  @Order(11)
  void case27ADeletedObjectIsGoneAndItsTaskStaysFinished() throws Exception {
    String task = net.call("DeleteObject", B, "status").asString();
    assertEquals("Finished", net.await(task).path("JobState").asString());
    for (int poll = 0; poll < 10; poll++) {
      assertEquals("Finished", net.call("GetJobProgress", task).path("JobState").asString());
    }
    assertEquals("-1/307151 key not exists", net.error("HeadObject", B, "status"));
  }

  @Test
  @Order(12)
  void cases39And41And61() throws IOException {
    String id = net.call("NetID").asString();
    assertTrue(id.matches("002508021221[0-9a-f]{66}"), id);
    assertEquals(-32601, net.answer("WalletKey").path("error").path("code").intValue());
    JsonNode refused =
        net.answer("GetObject", B, "nothing", "", folder.resolve("o").toString(), "1");
    assertFalse(refused.path("error").has("taskId"));
    assertEquals(307151, refused.path("error").path("data").path("code").intValue());
    assertEquals("Deal", awaitDeal("k"));
  }

  private String awaitDeal(String key) throws IOException {
    long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      String state = net.call("ObjectStatusSync", B, key).path("state").asString();
      if (state.equals("Deal") || System.nanoTime() - until > 0) {
        return state;
      }
    }
  }

  @Test
  @Order(13)
  void case43StrangersAreRefused() throws IOException {
    String ask = "{\"id\":1,\"method\":\"APIVersion\"}";
    RawHttp http = net.http();
    String own = "http://127.0.0.1:" + net.port();
    assertEquals(
        403, http.post("/rpc", "HTTP/1.1", List.of("Origin: http://evil.example"), ask).status());
    assertEquals(403, http.post("/rpc", "HTTP/1.1", List.of("Origin: null"), ask).status());
    assertEquals(421, http.post("/rpc", "HTTP/1.1", List.of("Host: evil.example"), ask).status());
    assertEquals(200, http.post("/rpc", "HTTP/1.1", List.of("Origin: " + own), ask).status());
    RawHttp.Answer get = http.send("GET", "/rpc", "HTTP/1.1", List.of(), "");
    assertEquals(405, get.status());
    assertEquals("POST", get.header("Allow"));
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThrows(ConnectException.class, () -> new Socket(address, net.port()).close());
        }
      }
    }
  }

  @Test
  @Order(99)
  void case42StopDaemonAnswersAndThePortIsFree() throws Exception {
    ProcessHandle process = net.user().process().orElseThrow();
    assertTrue(net.call("StopDaemon").isNull());
    process.onExit().get(2, java.util.concurrent.TimeUnit.SECONDS);
    assertThrows(
        ConnectException.class,
        () -> new Socket(InetAddress.getLoopbackAddress(), net.port()).close());
  }
}
