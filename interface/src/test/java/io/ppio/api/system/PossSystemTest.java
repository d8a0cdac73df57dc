package io.ppio.api.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.api.config.PossConfig;
import io.ppio.api.config.Setting;
import io.ppio.api.devnet.Program;
import io.ppio.api.json.Json;
import io.ppio.env.Clock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The program `poss` as its users and the JavaScript SDK run it: cases 40 and 44 to 48 of
/// interface specification 11, and the printed lines of 4.4.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PossSystemTest {
  private static final String KEYSTORE =
      "{\"version\":4,\"id\":\"00000000-0000-4000-8000-000000000000\","
          + "\"address\":\"ppio1RE2Ci5NkWeB8RCtktVvQfWjnbRymYTGLp\",\"crypto\":{"
          + "\"ciphertext\":\"336f9634448d1c94b127d14ab34bd0aa0402b5cdbf16880fbc833c094eb1adc4\","
          + "\"cipherparams\":{\"iv\":\"000102030405060708090a0b0c0d0e0f\"},\"cipher\":\"aes-128-ctr\","
          + "\"kdf\":\"scrypt\",\"kdfparams\":{\"dklen\":32,"
          + "\"salt\":\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\","
          + "\"n\":4096,\"r\":8,\"p\":1},"
          + "\"mac\":\"57fff833a57ecfdb30cc227e1f9af7086d13ba06692976dcc6964d380db93a68\","
          + "\"machash\":\"sha3256\"}}";

  private final Path folder;
  private final LocalNetwork net;

  PossSystemTest(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.net = LocalNetwork.around(folder.resolve("net"), 3, 1);
  }

  @AfterAll
  void networkGoesDown() throws InterruptedException {
    net.close();
  }

  /// What a run of a program gave.
  private record Run(int exit, String out, String err) {
    private List<String> lines() {
      return out.lines().toList();
    }
  }

  private Run poss(String... args) throws IOException, InterruptedException {
    return background(args).end();
  }

  /// A run that has not ended.
  private record Background(Process process, Path out, Path err) {
    private String firstLine(Clock clock) throws IOException, InterruptedException {
      while (true) {
        String text = Files.readString(out);
        if (text.contains("\n")) {
          return text.lines().findFirst().orElseThrow();
        }
        assertTrue(process.isAlive(), () -> "ended without a word");
        clock.sleep(Duration.ofMillis(5));
      }
    }

    private Run end() throws IOException, InterruptedException {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES));
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  private Background background(String... args) throws IOException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(Program.command("poss", Arrays.asList(args)))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Background(process, out, err);
  }

  /// The process that holds a folder.
  private static ProcessHandle daemonOf(Path data) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(data.resolve(".lock")).strip()))
        .orElseThrow();
  }

  /// An orphan that has ended stays in the process table until the system's first process has taken
  /// note, which is not the daemon's business.
  private void assertEndsIn2Seconds(ProcessHandle process) throws Exception {
    Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (process.isAlive()
        && !(Files.exists(state) && Files.readString(state).contains(") Z "))) {
      assertTrue(System.nanoTime() - until < 0, "still alive");
      net.clock().sleep(Duration.ofMillis(10));
    }
  }

  private Run withPort(String... args) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--rpcport=" + net.port());
    return poss(all.toArray(String[]::new));
  }

  @Test
  void case44InitMakesADataDirectoryThatTheSdkCanRead() throws Exception {
    Path data = folder.resolve("init");
    Run run =
        poss(
            "init",
            "--bindip=0.0.0.0",
            "--datadir=" + data,
            "--keystore=",
            "--key-passphrase=undefined");
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        List.of(
            "initPOSS",
            "initPOSS datadir= " + data,
            "initPOSS datadir=" + data,
            "config.StroagePath = storage",
            "Succeed!"),
        run.lines());
    PossConfig config = PossConfig.parse(Files.readAllBytes(data.resolve("poss.conf")));
    assertEquals("", config.text(Setting.C_POOL_URL));
    assertEquals(PossConfig.Origin.FILE, config.origin(Setting.C_POOL_URL));
    assertEquals("0.0.0.0", config.text(Setting.NET_BIND_IP));
  }

  @Test
  void cases40And45And46AForeignConfigurationAndKeystoreStart() throws Exception {
    Path data = folder.resolve("started");
    Path keystore = Files.writeString(folder.resolve("keystore.json"), KEYSTORE);
    Run init =
        poss(
            "init",
            "--datadir=" + data,
            "--keystore=" + keystore,
            "--key-passphrase=ppio-passphrase");
    assertEquals(0, init.exit(), init.out());
    assertTrue(init.lines().contains("SetupKeyStore !!!"));
    var file =
        (tools.jackson.databind.node.ObjectNode)
            Json.parse(Files.readAllBytes(data.resolve("poss.conf")));
    ((tools.jackson.databind.node.ObjectNode) file.path("Payment")).put("HTTPPort", "18030");
    file.putNull("CPoolAccount");
    file.put(
        "Genesis", net.network().node("user-1").folder().resolveSibling("genesis.json").toString());
    Files.writeString(data.resolve("poss.conf"), Json.pretty(file));
    Run wrong = poss("start", "--datadir=" + data, "--rpcport=1", "--key-passphrase=wrong");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.err().contains("wrong passphrase"), wrong.err());
    Run start =
        poss(
            "start",
            "--daemon",
            "--testnet=test",
            "--rpcport=18961",
            "--tcpport=0",
            "--udpport=0",
            "--datadir=" + data,
            "--log-file-level=DEBUG",
            "--key-passphrase=ppio-passphrase");
    assertEquals(0, start.exit(), start.err());
    assertTrue(start.out().contains("start ppio user node ok"));
    ProcessHandle daemon = daemonOf(data);
    assertTrue(daemon.parent().filter(ProcessHandle.current()::equals).isEmpty());
    Run account = poss("wallet-account", "--rpcport=18961");
    assertEquals(
        List.of("exportWalletAccount", "ppio1RE2Ci5NkWeB8RCtktVvQfWjnbRymYTGLp"), account.lines());
    Run second = poss("start", "--datadir=" + data, "--key-passphrase=ppio-passphrase");
    assertEquals(1, second.exit());
    assertTrue(second.err().contains("in use by process"), second.err());
    Run taken =
        poss(
            "start",
            "--datadir=" + folder.resolve("other"),
            "--config=" + data.resolve("poss.conf"),
            "--rpcport=18961",
            "--tcpport=0");
    assertEquals(1, taken.exit());
    assertEquals(
        "407001: cannot listen on 127.0.0.1:18961: Address already in use;"
            + " choose another RPCPort with --rpcport\n",
        taken.err());
    assertEquals(0, poss("stop", "--rpcport=18961").exit());
    assertEndsIn2Seconds(daemon);
  }

  @Test
  void initKeepsWhatIsInTheConfigurationAndTheKeystore() throws Exception {
    Path data = folder.resolve("kept");
    Path keystore = Files.writeString(folder.resolve("kept.json"), KEYSTORE);
    assertEquals(0, poss("init", "--datadir=" + data, "--keystore=" + keystore).exit());
    var file =
        (tools.jackson.databind.node.ObjectNode)
            Json.parse(Files.readAllBytes(data.resolve("poss.conf")));
    file.put("RPCPort", "18123").putObject("Own").put("kept", 1);
    file.remove("Zone");
    Files.writeString(data.resolve("poss.conf"), Json.pretty(file));
    assertEquals(0, poss("init", "--datadir", data.toString(), "-bindip=10.0.0.1").exit());
    var again = Json.parse(Files.readAllBytes(data.resolve("poss.conf")));
    assertEquals("18123", again.path("RPCPort").asString());
    assertEquals(1, again.path("Own").path("kept").asInt());
    assertEquals(0, again.path("Zone").asInt(-1));
    assertEquals("10.0.0.1", again.path("Net").path("BindIP").asString());
    assertEquals(KEYSTORE, Files.readString(data.resolve("wallet").resolve("keystore.dat")));
  }

  @Test
  void aFailedInitOrStartWritesNothing() throws Exception {
    Path data = folder.resolve("never");
    Path keystore = Files.writeString(folder.resolve("never.json"), KEYSTORE);
    Run missing = poss("init", "--datadir=" + data, "--keystore=" + folder.resolve("no.json"));
    assertEquals(1, missing.exit());
    assertEquals(
        "Failed! cannot read keystore "
            + folder.resolve("no.json")
            + ": no such file or directory\n",
        missing.out());
    Run wrong =
        poss("init", "--datadir=" + data, "--keystore=" + keystore, "--key-passphrase=wrong");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.out().contains("wrong passphrase"), wrong.out());
    Path broken = Files.writeString(folder.resolve("broken.conf"), "{\"RPCPort\":");
    Run damaged = poss("start", "--datadir=" + data, "--config=" + broken);
    assertEquals(1, damaged.exit());
    Run port = poss("start", "--datadir=" + data, "--rpcport=99999");
    assertEquals(2, port.exit());
    assertEquals("407002: --rpcport must be in 0..65535, not 99999\n", port.err());
    Run word = poss("start", "--daemon", "--datadir=" + data, "--log-file-level=LOUD");
    assertEquals(2, word.exit());
    for (Run run : List.of(missing, wrong, damaged, port, word)) {
      assertEquals(1, (run.out() + run.err()).lines().count(), run.out() + run.err());
    }
    assertFalse(Files.exists(data));
  }

  @Test
  void case48APutPausedFromAnotherShellSaysSo() throws Exception {
    withPort("create-bucket", "--bucket=paused");
    Path source = folder.resolve("long.bin");
    try (RandomAccessFile sparse = new RandomAccessFile(source.toFile(), "rw")) {
      sparse.setLength(64L << 20);
    }
    Background put =
        background(
            "put-object",
            "--bucket=paused",
            "--key=long",
            "--body=" + source,
            "--expires=" + Instant.now().plus(2, ChronoUnit.DAYS),
            "--rpcport=" + net.port());
    String task =
        put.firstLine(net.clock()).substring(("Uploading of " + source + " is started:").length());
    net.awaitBytes(task, 1 << 20);
    Run pause = withPort("pause-task", "--task=" + task);
    assertEquals("pauseTask\nsucceed to pause task: " + task + "\n", pause.out());
    Run ended = put.end();
    assertEquals(1, ended.exit());
    assertEquals("407006: progress err Paused\n", ended.err());
    assertEquals("progress err Paused", ended.lines().getLast());
    int json = ended.out().indexOf("{\n");
    var progress = Json.parse(ended.out().substring(json, ended.out().lastIndexOf('}') + 1));
    assertEquals("Paused", progress.path("JobState").asString());
    assertEquals("job is aborted", progress.path("Err").asString());
    Run resumed = withPort("resume-task", "--task=" + task);
    assertEquals(0, resumed.exit(), resumed.err());
    assertEquals(List.of("restartTask", "restart ok"), resumed.lines().subList(0, 2));
    assertEquals("progress:put 67108864/67108864", resumed.lines().getLast());
  }

  @Test
  void case45AForegroundDaemonSaysInOneWriteThatItIsReadyAndStopsWhenAsked() throws Exception {
    Path data = folder.resolve("front");
    Path genesis = net.network().node("user-1").folder().resolveSibling("genesis.json");
    Files.createDirectories(data);
    Files.copy(genesis, data.resolve("genesis.json"));
    Process process =
        new ProcessBuilder(
                Program.command(
                    "poss",
                    List.of(
                        "start",
                        "--testnet=test",
                        "--rpcport=18962",
                        "--datadir=" + data,
                        "--log-file-level=DEBUG",
                        "--key-passphrase=secret",
                        "--tcpport=0",
                        "--udpport=0")))
            .redirectError(folder.resolve("front.err").toFile())
            .start();
    byte[] chunk = new byte[4096];
    int length = process.getInputStream().read(chunk);
    assertEquals(
        "start ppio user node ok\n",
        new String(chunk, 0, Math.max(0, length), StandardCharsets.UTF_8));
    assertEquals("0.1\n", poss("api-version", "--rpcport=18962").out());
    assertTrue(process.isAlive());
    Run stop = poss("stop", "--datadir=" + data, "--rpcport=18962");
    assertEquals("", stop.out() + stop.err());
    assertTrue(process.waitFor(2, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertEquals(-1, process.getInputStream().read());
    assertEquals("", Files.readString(folder.resolve("front.err")));
  }

  @Test
  void case47LinesOfTheBucketCommands() throws Exception {
    Run made = withPort("create-bucket", "--bucket=lines");
    assertEquals(0, made.exit(), made.err());
    assertEquals("createBucket\ncreating  lines\ncreated  lines\n", made.out());
    Run again = withPort("create-bucket", "--bucket=lines");
    assertEquals(1, again.exit());
    assertEquals("", again.out());
    assertEquals("407004: bucket exists", again.err().strip());
    assertEquals(
        List.of("headBucket", "heading  lines", "headed  lines", "exists"),
        withPort("head-bucket", "--bucket=lines").lines());
  }

  @Test
  void aFileGoesInAndComesOutWithTheDocumentedLines() throws Exception {
    withPort("create-bucket", "--bucket=files");
    byte[] content = new byte[1_300_000];
    new Random(4).nextBytes(content);
    Path source = Files.write(folder.resolve("in.bin"), content);
    Run put =
        withPort(
            "put-object",
            "--bucket=files",
            "--key=a/b",
            "--body=" + source,
            "--copies=2",
            "--expires=" + Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
    assertEquals(0, put.exit(), put.err());
    assertTrue(put.lines().getFirst().startsWith("Uploading of " + source + " is started:"));
    assertEquals("progress:put 0/1", put.lines().get(1));
    assertEquals("progress:put 1300000/1300000", put.lines().get(put.lines().size() - 2));
    assertEquals(
        "File " + source + " is successfully uploaded as  Object `files:a/b`.",
        put.lines().getLast());
    Path out = folder.resolve("out.bin");
    Run get = withPort("get-object", "--bucket=files", "--key=a/b", "--outfile=" + out);
    assertEquals(0, get.exit(), get.err());
    assertEquals("Object `files:a/b` is started to download.", get.lines().getFirst());
    assertEquals(
        "Object `files:a/b` is successfully downloaded as file " + out + ".",
        get.lines().getLast());
    assertTrue(Arrays.equals(content, Files.readAllBytes(out)));
    Run status = withPort("get-object-status", "--bucket=files", "--key=a/b");
    assertEquals("get object files:a/b status successfully.", status.lines().getLast());
    Run list = withPort("list-objects", "--bucket=files");
    assertEquals("a/b", Json.parse(list.out()).path(0).path("key").asString());
    Run deleted = withPort("delete-object", "--bucket=files", "--key=a/b");
    assertEquals("Object files-a/b has been successfully deleted.", deleted.lines().getLast());
    assertEquals("[]", withPort("list-objects", "--bucket=files").out().strip());
  }

  @Test
  void mistakesGetOneLineAndTheirStatus() throws Exception {
    Run unknown = poss("put-objekt");
    assertEquals(2, unknown.exit());
    Run option = withPort("create-bucket", "--bukket=x");
    assertEquals(2, option.exit());
    assertTrue(option.err().startsWith("407002: "), option.err());
    Run missing = withPort("create-bucket");
    assertEquals(2, missing.exit());
    assertEquals("407002: --bucket is required", missing.err().strip());
    Run down = poss("list-buckets", "--rpcport=1");
    assertEquals(3, down.exit());
    assertTrue(down.err().startsWith("407003: "), down.err());
    for (Run run : List.of(unknown, option, missing, down)) {
      assertEquals("", run.out());
      assertFalse(run.err().contains("\tat "), run.err());
    }
    assertEquals("poss version 0.1.0", poss("--version").out().strip());
    assertEquals("0.1", withPort("api-version").out().strip());
  }
}
