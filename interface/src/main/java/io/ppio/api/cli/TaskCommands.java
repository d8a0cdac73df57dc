package io.ppio.api.cli;

import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The commands on tasks (interface specification 4.4).
final class TaskCommands {
  private TaskCommands() {}

  abstract static class OnTask extends Command {
    @Option(names = "--task", description = "id of the task")
    String task = "";
  }

  @CommandLine.Command(
      name = "list-tasks",
      description = "list the permanent tasks",
      footer = {"", "Example:", "  poss list-tasks"})
  static final class ListAll extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      String text = client.call("ListTasks").asString();
      console.line("listTasks");
      console.line(text);
    }
  }

  @CommandLine.Command(
      name = "get-task",
      description = "show one task",
      footer = {"", "Example:", "  poss get-task --task=9b2c6e4e-7d0a-4f57-a1f5-3f0c1f7c2a11"})
  static final class Get extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      console.line(client.call("GetTask", required("task", task)).asString());
    }
  }

  @CommandLine.Command(
      name = "pause-task",
      description = "stop a task; it can be resumed",
      footer = {"", "Example:", "  poss pause-task --task=9b2c6e4e-7d0a-4f57-a1f5-3f0c1f7c2a11"})
  static final class Pause extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      client.call("PauseTask", required("task", task));
      console.line("pauseTask");
      console.line("succeed to pause task: " + task);
    }
  }

  @CommandLine.Command(
      name = "resume-task",
      description = "let a paused or failed task go on",
      footer = {"", "Example:", "  poss resume-task --task=9b2c6e4e-7d0a-4f57-a1f5-3f0c1f7c2a11"})
  static final class Resume extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      client.call("ResumeTask", required("task", task));
      console.line("restartTask");
      console.line("restart ok");
      String action = client.call("GetJobProgress", task).path("Action").asString("");
      follow(client, task, action);
    }
  }

  @CommandLine.Command(
      name = "delete-task",
      description = "remove a task, not its object",
      footer = {"", "Example:", "  poss delete-task --task=9b2c6e4e-7d0a-4f57-a1f5-3f0c1f7c2a11"})
  static final class Delete extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      String deletion = client.call("DeleteTask", required("task", task)).asString();
      console.line("deleteTask");
      follow(client, deletion, "delete-task");
      console.line("succeed to delete task: " + task);
    }
  }

  @CommandLine.Command(
      name = "delete-task-sync",
      description = "remove a task, not its object",
      footer = {
        "",
        "Example:",
        "  poss delete-task-sync --task=9b2c6e4e-7d0a-4f57-a1f5-3f0c1f7c2a11"
      })
  static final class DeleteSync extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      client.call("DeleteTaskSync", required("task", task));
      console.line("deleteTask");
      console.line("succeed to delete task: " + task);
    }
  }
}
