package io.ppio.api.devnet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starting and ending the process of one node of a local network.
final class NodeProcess {
  /// A first start on a busy machine takes a few seconds; more means it hangs.
  private static final long READY_MILLIS = 60_000;

  /// An orderly end closes stores and links; past this the process is killed.
  private static final long STOP_MILLIS = 10_000;

  private static final long POLL_MILLIS = 20;

  /// How long the last words of a process that failed may be.
  private static final int TAIL = 600;

  private NodeProcess() {}

  /// Starts the process; [#awaitReady] waits for it.
  ///
  /// @param prefix what comes before the program on its command line, such as a tracer that keeps
  ///   the process id; usually empty
  /// @return the entry with the new process in it
  static NodeRecord start(NodeRecord node, List<String> prefix) throws IOException {
    Files.deleteIfExists(node.folder().resolve("out.log"));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(command(node));
    Process process = Program.start(command, node.folder(), "");
    long started = process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
    return node.running(process.pid(), started);
  }

  private static List<String> command(NodeRecord node) {
    if (node.role().equals("user")) {
      return Program.command("poss", List.of("start", "--datadir=" + node.folder()));
    }
    return Program.command(
        "ppio",
        List.of("node", node.role(), "--config", node.folder().resolve("config.json").toString()));
  }

  /// Waits until the node says that it serves.
  ///
  /// @throws IOException when it ends first or does not come up in time; with its last words
  static void awaitReady(NodeRecord node) throws IOException, InterruptedException {
    String wanted =
        node.role().equals("user") ? "start ppio user node ok" : "ppio " + node.role() + " ready";
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS);
    Path out = node.folder().resolve("out.log");
    while (System.nanoTime() - until < 0) {
      if (Files.exists(out) && Files.readString(out).contains(wanted)) {
        return;
      }
      if (node.process().isEmpty()) {
        throw new IOException(node.name() + " ended while starting: " + lastWords(node));
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IOException(node.name() + " did not come up in " + READY_MILLIS / 1000 + " s");
  }

  private static String lastWords(NodeRecord node) throws IOException {
    Path err = node.folder().resolve("err.log");
    String text = Files.exists(err) ? Files.readString(err, StandardCharsets.UTF_8).strip() : "";
    return text.isEmpty() ? "it said nothing" : text.substring(Math.max(0, text.length() - TAIL));
  }

  /// Ends the other processes of `nodes` in an orderly way, all at once; kills what does not end in
  /// time.
  static void stop(List<NodeRecord> nodes) throws InterruptedException {
    List<ProcessHandle> handles = new ArrayList<>();
    for (NodeRecord node : nodes) {
      node.process()
          .filter(handle -> !handle.equals(ProcessHandle.current()))
          .ifPresent(handles::add);
    }
    handles.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    for (ProcessHandle handle : handles) {
      while (handle.isAlive() && System.nanoTime() - until < 0) {
        Thread.sleep(POLL_MILLIS);
      }
      handle.destroyForcibly();
    }
  }

  /// Kills the process as a power cut would: no handler of it runs.
  ///
  /// @return whether it ran
  static boolean kill(NodeRecord node) throws InterruptedException {
    var handle = node.process();
    if (handle.isEmpty()) {
      return false;
    }
    handle.get().destroyForcibly();
    while (handle.get().isAlive()) {
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }
}
