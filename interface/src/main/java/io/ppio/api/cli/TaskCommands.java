package io.ppio.api.cli;

import io.ppio.api.client.DaemonClient;
import io.ppio.api.client.DaemonFailure;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The commands on tasks (interface specification 4.4).
final class TaskCommands {
  private TaskCommands() {}

  abstract static class OnTask extends Command {
    @Option(names = "--task", description = "id of the task")
    String task = "";
  }

  @CommandLine.Command(name = "list-tasks", description = "list the permanent tasks")
  static final class ListAll extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      String text = client.call("ListTasks").asString();
      console.line("listTasks");
      console.line(text);
    }
  }

  @CommandLine.Command(name = "get-task", description = "show one task")
  static final class Get extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      console.line(client.call("GetTask", required("task", task)).asString());
    }
  }

  @CommandLine.Command(name = "pause-task", description = "stop a task; it can be resumed")
  static final class Pause extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      client.call("PauseTask", required("task", task));
      console.line("pauseTask");
      console.line("succeed to pause task: " + task);
    }
  }

  @CommandLine.Command(name = "resume-task", description = "let a paused or failed task go on")
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

  @CommandLine.Command(name = "delete-task", description = "remove a task, not its object")
  static final class Delete extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure, InterruptedException {
      String deletion = client.call("DeleteTask", required("task", task)).asString();
      console.line("deleteTask");
      follow(client, deletion, "delete-task");
      console.line("succeed to delete task: " + task);
    }
  }

  @CommandLine.Command(name = "delete-task-sync", description = "remove a task, not its object")
  static final class DeleteSync extends OnTask {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      client.call("DeleteTaskSync", required("task", task));
      console.line("deleteTask");
      console.line("succeed to delete task: " + task);
    }
  }
}
