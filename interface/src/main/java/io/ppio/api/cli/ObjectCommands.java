package io.ppio.api.cli;

import io.ppio.api.json.Json;
import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// The commands on objects (interface specification 4.4).
final class ObjectCommands {
  private ObjectCommands() {}

  abstract static class OnObject extends Command {
    @Option(names = "--bucket", description = "name of the bucket")
    String bucket = "";

    @Option(names = "--key", description = "key of the object")
    String key = "";

    void requireObject() throws CliFailure, DaemonFailure {
      required("bucket", bucket);
      required("key", key);
    }

    /// A path as the daemon must see it: absolute where both are on one machine.
    static String daemonPath(DaemonClient client, String path) {
      return client.local() && !path.isEmpty() ? Path.of(path).toAbsolutePath().toString() : path;
    }
  }

  @CommandLine.Command(
      name = "put-object",
      description = "store a file",
      footer = {
        "",
        "Example:",
        "  poss put-object --bucket=photos --key=2026/tree.jpg --body=tree.jpg --expires=2027-06-01"
      })
  static final class Put extends OnObject {
    @Option(names = "--body", description = "the file; none makes an empty object")
    String body = "";

    @Option(names = "--chiprice", description = "wei per chi (default: the oracle's)")
    String chiprice = "";

    @Option(names = "--copies", description = "1 to 10 (default: DefaultCopies of the daemon)")
    String copies = "";

    @Option(
        names = "--expires",
        description =
            "until when it is kept, needed with --body: YYYY-MM-DD or RFC 3339, 1 to 365 days ahead")
    String expires = "";

    @Option(names = "--metadata", description = "text kept with the object")
    String metadata = "";

    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      requireObject();
      String task =
          client
              .call(
                  "PutObject",
                  bucket,
                  key,
                  daemonPath(client, body),
                  metadata,
                  chiprice,
                  copies,
                  expires,
                  true)
              .asString();
      if (task.isEmpty()) {
        console.line("Object `" + bucket + ":" + key + "` is successfully created.");
        return;
      }
      console.line("Uploading of " + body + " is started:" + task);
      follow(client, task, "put");
      console.line(
          "File " + body + " is successfully uploaded as  Object `" + bucket + ":" + key + "`.");
    }
  }

  @CommandLine.Command(
      name = "get-object",
      description = "fetch an object into a file",
      footer = {
        "",
        "Example:",
        "  poss get-object --bucket=photos --key=2026/tree.jpg --outfile=tree.jpg"
      })
  static final class Get extends OnObject {
    @Option(names = "--outfile", description = "the file to write; replaced when complete")
    String outfile = "";

    @Option(names = "--chiprice", description = "wei per chi (default: the oracle's)")
    String chiprice = "";

    @Option(names = "--sharecode", description = "share code, instead of bucket and key")
    String sharecode = "";

    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      required("outfile", outfile);
      if (sharecode.isEmpty()) {
        requireObject();
      }
      String task =
          client
              .call("GetObject", bucket, key, sharecode, daemonPath(client, outfile), chiprice)
              .asString();
      String shown = sharecode.isEmpty() ? bucket + ":" + key : from(client, task);
      console.line("Object `" + shown + "` is started to download.");
      console.line(task);
      follow(client, task, "get");
      console.line("Object `" + shown + "` is successfully downloaded as file " + outfile + ".");
    }

    /// The name inside the share code, as the task list shows it; the code itself is a secret.
    private static String from(DaemonClient client, String task) throws CliFailure, DaemonFailure {
      try {
        return Json.parse(client.call("GetTask", task).asString()).path("from").asString("");
      } catch (Json.Malformed e) {
        throw CliFailure.general("unreadable task list");
      }
    }
  }

  @CommandLine.Command(
      name = "head-object",
      description = "show an object's attributes",
      footer = {"", "Example:", "  poss head-object --bucket=photos --key=2026/tree.jpg"})
  static final class Head extends OnObject {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      requireObject();
      String text = client.call("HeadObject", bucket, key).asString();
      console.line("headObject");
      console.line("heading  " + key);
      console.line("headed " + key + ", the metadata is:");
      console.line(text);
    }
  }

  @CommandLine.Command(
      name = "delete-object",
      description = "delete an object and end its contracts",
      footer = {"", "Example:", "  poss delete-object --bucket=photos --key=2026/tree.jpg"})
  static final class Delete extends OnObject {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      requireObject();
      String task = client.call("DeleteObject", bucket, key).asString();
      console.line("deleting of " + bucket + "/" + key + " is started");
      console.line(task);
      follow(client, task, "delete");
      console.line("Object " + bucket + "-" + key + " has been successfully deleted.");
    }
  }

  @CommandLine.Command(
      name = "move-object",
      description = "rename an object; moves no data",
      footer = {
        "",
        "Example:",
        "  poss move-object --bucket=photos --key=oak.jpg --move-source=photos/2026/tree.jpg"
      })
  static final class Move extends OnObject {
    @Option(names = "--move-source", description = "bucket/key of the object")
    String source = "";

    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      requireObject();
      client.call("MoveObject", bucket, key, required("move-source", source));
      console.line("moveObject");
      console.line("move successfully");
    }
  }

  @CommandLine.Command(
      name = "get-object-status",
      description = "ask the indexer for an object's contracts, per segment and copy",
      footer = {"", "Example:", "  poss get-object-status --bucket=photos --key=2026/tree.jpg"})
  static final class Status extends OnObject {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      requireObject();
      String task = client.call("ObjectStatus", bucket, key).asString();
      console.line("status of " + bucket + "/" + key + " is started");
      console.line(task);
      JsonNode progress = new JobWatcher(client, console).follow(task, "getstatus");
      console.line(progress.path("ExResult").asString(""));
      console.line("get object " + bucket + ":" + key + " status successfully.");
    }
  }

  @CommandLine.Command(
      name = "get-object-status-sync",
      description = "show an object's contracts as last heard",
      footer = {
        "",
        "Example:",
        "  poss get-object-status-sync --bucket=photos --key=2026/tree.jpg"
      })
  static final class StatusSync extends OnObject {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      requireObject();
      console.line(Json.pretty(client.call("ObjectStatusSync", bucket, key)));
    }
  }

  @CommandLine.Command(
      name = "list-objects",
      description = "list the objects of a bucket",
      footer = {"", "Example:", "  poss list-objects --bucket=photos --prefix=2026/"})
  static final class ListAll extends Command {
    @Option(names = "--bucket", description = "name of the bucket")
    String bucket = "";

    @Option(names = "--prefix", description = "only keys that begin with it")
    String prefix = "";

    @Option(names = "--after", description = "only keys greater than it")
    String after = "";

    @Option(names = "--limit", description = "at most so many (default: all)")
    String limit = "";

    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      required("bucket", bucket);
      console.line(Json.pretty(client.call("ListObjects", bucket, prefix, after, limit)));
    }
  }
}
