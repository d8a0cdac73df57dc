package io.ppio.api.devnet;

import java.nio.file.Path;
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
public record NodeEntry(
    String role,
    String name,
    Path folder,
    String peerId,
    String address,
    String rpc,
    String account,
    long pid,
    long startedMillis) {
  /// The same with another process.
  NodeEntry running(long newPid, long newStartedMillis) {
    return new NodeEntry(
        role, name, folder, peerId, address, rpc, account, newPid, newStartedMillis);
  }

  /// The handle of its process; empty when it does not run.
  public java.util.Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle ->
            handle
                .info()
                .startInstant()
                .map(started -> started.toEpochMilli() == startedMillis)
                .orElse(false));
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

  static NodeEntry of(JsonNode json) {
    return new NodeEntry(
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
