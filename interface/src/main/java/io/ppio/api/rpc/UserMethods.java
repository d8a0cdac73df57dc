package io.ppio.api.rpc;

import io.ppio.api.json.Json;
import io.ppio.incentive.contract.ObjectState;
import io.ppio.node.user.api.UserApi;
import io.ppio.node.user.api.UserFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The methods of the user daemon (interface specification 1.5), each a translation of parameters
/// and result.
///
/// What a parameter may be is decided in [UserApi]; here only its JSON form is read.
final class UserMethods {
  private final UserApi user;
  private final LocalPaths paths;
  private final Runnable stop;
  private final java.util.function.Supplier<JsonNode> config;

  /// @param paths which local files a caller may name
  /// @param stop begins the orderly end of the daemon and returns at once
  /// @param config the effective configuration, secrets blanked
  UserMethods(
      UserApi user, LocalPaths paths, Runnable stop, java.util.function.Supplier<JsonNode> config) {
    this.user = user;
    this.paths = paths;
    this.stop = stop;
    this.config = config;
  }

  MethodTable table() {
    MethodTable table = new MethodTable();
    addDaemon(table);
    addBuckets(table);
    addObjects(table);
    addTasks(table);
    addNetwork(table);
    return table;
  }

  private void addDaemon(MethodTable table) {
    table.add("APIVersion", "", _ -> text("0.1"));
    table.add("ConfigShow", "", _ -> config.get());
    table.add(
        "StopDaemon",
        "",
        _ -> {
          stop.run();
          return none();
        });
    table.add(
        "GetJobProgress", "task|taskid", p -> progress(user.progress(p.requiredText("task"))));
  }

  private void addBuckets(MethodTable table) {
    table.add(
        "CreateBucket",
        "bucket",
        p -> {
          user.createBucket(p.requiredText("bucket"));
          return none();
        });
    table.add(
        "DeleteBucket",
        "bucket",
        p -> {
          user.deleteBucket(p.requiredText("bucket"));
          return none();
        });
    table.add(
        "ListBuckets",
        "",
        _ -> {
          ArrayNode names = Json.array();
          user.listBuckets().forEach(names::add);
          return names;
        });
    table.add(
        "HeadBucket",
        "bucket",
        p -> {
          user.headBucket(p.requiredText("bucket"));
          return text("exists");
        });
  }

  private void addObjects(MethodTable table) {
    table.add(
        "PutObject", "bucket key body metadata chiprice copies expires encrypt", this::putObject);
    table.add("GetObject", "bucket key sharecode outfile|file chiprice", this::getObject);
    table.add(
        "HeadObject",
        "bucket key",
        p -> text(Json.pretty(head(user.head(p.requiredText("bucket"), p.requiredText("key"))))));
    table.add(
        "DeleteObject",
        "bucket key",
        p -> text(user.delete(p.requiredText("bucket"), p.requiredText("key"))));
    table.add(
        "MoveObject",
        "bucket key source",
        p -> {
          user.move(p.requiredText("bucket"), p.requiredText("key"), p.requiredText("source"));
          return none();
        });
    table.addListing("ListObjects", "bucket prefix after limit", this::listObjects);
    table.add(
        "ObjectStatus",
        "bucket key",
        p -> text(user.refreshStatus(p.requiredText("bucket"), p.requiredText("key"))));
    table.add(
        "ObjectStatusSync",
        "bucket key",
        p -> ObjectStatusJson.of(user.status(p.requiredText("bucket"), p.requiredText("key"))));
  }

  private JsonNode putObject(RpcParameters p) throws UserFailure, RpcError {
    Optional<String> body = p.text("body");
    UserApi.PutRequest request =
        new UserApi.PutRequest(
            p.requiredText("bucket"),
            p.requiredText("key"),
            body.isEmpty()
                ? Optional.empty()
                : Optional.of(paths.source("body", body.get(), p.remote())),
            p.text("metadata").orElse(""),
            p.amount("chiprice"),
            p.smallInteger("copies", true),
            body.isEmpty() ? Optional.empty() : p.date("expires"),
            p.flag("encrypt").orElse(true));
    return text(user.put(request).orElse(""));
  }

  private JsonNode getObject(RpcParameters p) throws UserFailure, RpcError {
    Path outfile = paths.target("outfile", p.requiredText("outfile"), p.remote());
    return text(
        user.get(
            new UserApi.GetRequest(
                p.text("bucket").orElse(""),
                p.text("key").orElse(""),
                p.text("sharecode").orElse(""),
                outfile,
                p.amount("chiprice"))));
  }

  private void listObjects(RpcParameters p, Consumer<JsonNode> each) throws UserFailure, RpcError {
    user.list(
        p.requiredText("bucket"),
        p.text("prefix").orElse(""),
        p.text("after").orElse(""),
        p.smallInteger("limit", false).orElse(0),
        view -> each.accept(listed(view)));
  }

  private void addTasks(MethodTable table) {
    table.add(
        "ListTasks",
        "",
        _ -> {
          ArrayNode tasks = Json.array();
          user.tasks().forEach(task -> tasks.add(task(task)));
          return text(Json.pretty(tasks));
        });
    table.add(
        "GetTask",
        "taskid|task",
        p -> {
          String id = p.requiredText("taskid");
          return text(
              Json.pretty(
                  task(
                      user.tasks().stream()
                          .filter(task -> task.id().equals(id))
                          .findFirst()
                          .orElseThrow(() -> new UserFailure(UserFailure.Code.TASK_NOT_FOUND)))));
        });
    table.add(
        "PauseTask",
        "taskid|task",
        p -> {
          user.pause(p.requiredText("taskid"));
          return none();
        });
    table.add(
        "ResumeTask",
        "taskid|task",
        p -> {
          user.resume(p.requiredText("taskid"));
          return none();
        });
    table.add("DeleteTask", "taskid|task", p -> text(user.deleteTask(p.requiredText("taskid"))));
    table.add(
        "DeleteTaskSync",
        "taskid|task",
        p -> {
          user.deleteTaskNow(p.requiredText("taskid"));
          return none();
        });
  }

  private void addNetwork(MethodTable table) {
    table.add("NetID", "", _ -> text(user.peerId()));
    table.add(
        "NetPeers",
        "",
        _ -> {
          ArrayNode peers = Json.array();
          user.peers().forEach(peer -> peers.add(PeerJson.peer(peer)));
          return peers;
        });
    table.add(
        "NetServers",
        "",
        _ -> {
          ObjectNode servers = Json.object();
          ArrayNode indexers = servers.putArray("Indexers");
          user.indexers().forEach(server -> indexers.add(PeerJson.server(server)));
          ArrayNode verifiers = servers.putArray("Verifiers");
          user.verifiers().forEach(server -> verifiers.add(PeerJson.server(server)));
          return servers;
        });
    table.add("WalletAccount", "", _ -> text(user.walletAddress()));
  }

  private static JsonNode text(String value) {
    return StringNode.valueOf(value);
  }

  private static JsonNode none() {
    return Json.object().nullNode();
  }

  private static ObjectNode head(UserApi.ObjectView view) {
    return Json.object()
        .put("state", view.state().map(ObjectState::code).orElse(0))
        .put("length", view.length())
        .put("created", Json.timestamp(view.created()))
        .put("modified", Json.timestamp(view.modified()))
        .put("synchronized", Json.timestamp(view.synchronizedAt()))
        .put("expires", Json.timestamp(view.expires()))
        .put("metadata", view.metadata());
  }

  private static ObjectNode listed(UserApi.ObjectView view) {
    return Json.object()
        .put("bucket", view.bucket())
        .put("key", view.key())
        .put("status", view.state().map(ObjectState::label).orElse(""))
        .put("length", view.length())
        .put("isdir", view.empty())
        .put("created", Json.timestamp(view.created()))
        .put("modified", Json.timestamp(view.modified()))
        .put("synchronized", Json.timestamp(view.synchronizedAt()))
        .put("expires", Json.timestamp(view.expires()));
  }

  private static ObjectNode progress(UserApi.JobProgress progress) {
    ObjectNode json =
        Json.object()
            .put("Action", progress.action())
            .put("TotalSubJobs", progress.totalSubJobs())
            .put("FinishedSubJobs", progress.finishedSubJobs())
            .put("TotalBytes", progress.totalBytes())
            .put("FinishedBytes", progress.finishedBytes())
            .put("JobState", progress.state().text())
            .put("Err", progress.error());
    json.putNull("CurrentSubJobProgress");
    return json.put(
        "ExResult",
        progress.result().map(status -> Json.pretty(ObjectStatusJson.of(status))).orElse(""));
  }

  private static ObjectNode task(UserApi.TaskView task) {
    return Json.object()
        .put("id", task.id())
        .put("type", task.type())
        .put("state", task.state().text())
        .put("from", task.from())
        .put("to", task.to())
        .put("total", task.total())
        .put("finished", task.finished())
        .put("create", Json.timestamp(task.created()))
        .put("error", task.error());
  }
}
