package io.ppio.api.cli;

import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `create-bucket`, `delete-bucket`, `list-buckets`, `head-bucket` (interface specification 4.4).
final class BucketCommands {
  private BucketCommands() {}

  abstract static class OnBucket extends Command {
    @Option(names = "--bucket", description = "name of the bucket")
    String bucket = "";
  }

  @CommandLine.Command(
      name = "create-bucket",
      description = "make a bucket",
      footer = {"", "Example:", "  poss create-bucket --bucket=photos"})
  static final class Create extends OnBucket {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      required("bucket", bucket);
      client.call("CreateBucket", bucket);
      console.line("createBucket");
      console.line("creating  " + bucket);
      console.line("created  " + bucket);
    }
  }

  @CommandLine.Command(
      name = "delete-bucket",
      description = "remove an empty bucket",
      footer = {"", "Example:", "  poss delete-bucket --bucket=photos"})
  static final class Delete extends OnBucket {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      required("bucket", bucket);
      client.call("DeleteBucket", bucket);
      console.line("deleteBucket");
      console.line("deleting  " + bucket);
      console.line("deleted  " + bucket);
    }
  }

  @CommandLine.Command(
      name = "list-buckets",
      description = "list the buckets",
      footer = {"", "Example:", "  poss list-buckets"})
  static final class ListAll extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      List<String> names = new ArrayList<>();
      client.call("ListBuckets").forEach(name -> names.add(name.asString()));
      console.line("listBuckets");
      console.line("[" + String.join(" ", names) + "]");
    }
  }

  @CommandLine.Command(
      name = "head-bucket",
      description = "tell whether a bucket exists",
      footer = {"", "Example:", "  poss head-bucket --bucket=photos"})
  static final class Head extends OnBucket {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      required("bucket", bucket);
      String answer = client.call("HeadBucket", bucket).asString();
      console.line("headBucket");
      console.line("heading  " + bucket);
      console.line("headed  " + bucket);
      console.line(answer);
    }
  }
}
