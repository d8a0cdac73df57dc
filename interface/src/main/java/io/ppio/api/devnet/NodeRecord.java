package io.ppio.api.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One node of a local network as `devnet.json` keeps it.
///
/// @param role `bootstrap`, `indexer`, `verifier`, `miner` or `user`
/// @param name role and number, such as `miner-2`
/// @param folder its data directory
/// @param address host and port of its own protocol
/// @param rpc host and port of JSON-RPC; empty except for users
/// @param account its address
/// @param pid 0 when it was never started
/// @param startedMillis when the process began, to tell it from a later one with the same pid
public record NodeRecord(
    String role,
    String name,
    Path folder,
    String peerId,
    String address,
    String rpc,
    String account,
    long pid,
    long startedMillis) {
  private static final String LOCK = ".lock";

  /// The same with another process.
  NodeRecord running(long newPid, long newStartedMillis) {
    return new NodeRecord(
        role, name, folder, peerId, address, rpc, account, newPid, newStartedMillis);
  }

  /// The handle of its process; empty when it does not run.
  ///
  /// A node that somebody started again by hand is not the process that was noted here: then it is
  /// the one that holds the lock of the folder.
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle ->
            handle
                .info()
                .startInstant()
                .map(started -> started.toEpochMilli() == startedMillis)
                .orElse(false))
        .or(this::lockHolder);
  }

  /// The live process that the lock file names and whose command line names the folder; the file
  /// outlives its process, whose number may be somebody else's by now.
  private Optional<ProcessHandle> lockHolder() {
    try {
      String holder = Files.readString(folder.resolve(LOCK)).strip();
      return holder.matches("[0-9]{1,9}")
          ? ProcessHandle.of(Long.parseLong(holder))
              .filter(ProcessHandle::isAlive)
              .filter(this::namesFolder)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Asks the system itself: the platform's view of command lines ends at a page.
  private boolean namesFolder(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .contains(folder.toString());
    } catch (IOException e) {
      return false;
    }
  }

  ObjectNode toJson() {
    return io.ppio.api.json.Json.object()
        .put("role", role)
        .put("name", name)
        .put("dir", folder.toString())
        .put("peer", peerId)
        .put("address", address)
        .put("rpc", rpc)
        .put("account", account)
        .put("pid", pid)
        .put("started", startedMillis);
  }

  static NodeRecord of(JsonNode json) {
    return new NodeRecord(
        json.path("role").asString(""),
        json.path("name").asString(""),
        Path.of(json.path("dir").asString("")),
        json.path("peer").asString(""),
        json.path("address").asString(""),
        json.path("rpc").asString(""),
        json.path("account").asString(""),
        json.path("pid").asLong(0),
        json.path("started").asLong(0));
  }
}
