package io.ppio.api.devnet;

import io.ppio.api.config.RoleFile;
import io.ppio.api.daemon.DataFolder;
import io.ppio.api.daemon.RoleDaemon;
import io.ppio.api.daemon.StartFailure;
import io.ppio.api.daemon.UserDaemon;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The nodes of a local network as parts of this process: the same classes, folders, sockets and
/// TLS, a fifth of the memory. Owned by one task.
final class NodesInProcess implements AutoCloseable {
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private NodesInProcess() {}

  /// Starts `nodes` in their order; all serve when this returns.
  ///
  /// @throws IOException naming the node that does not start; the others are closed again
  static NodesInProcess start(List<NodeRecord> nodes, Consumer<String> progress)
      throws IOException, InterruptedException {
    NodesInProcess here = new NodesInProcess();
    try {
      for (NodeRecord node : nodes) {
        here.running.push(daemon(node));
        progress.accept(node.name() + " serves at " + node.address());
      }
      return here;
    } catch (IOException | InterruptedException | RuntimeException e) {
      here.close();
      throw e;
    }
  }

  private static AutoCloseable daemon(NodeRecord node) throws IOException, InterruptedException {
    try {
      if (!node.role().equals("user")) {
        return RoleDaemon.start(node.role(), RoleFile.read(node.folder().resolve("config.json")));
      }
      DataFolder folder =
          new DataFolder(
              new RealEnv(node.name(), node.folder(), new Slf4jLog(node.name())), node.folder());
      folder.create();
      return UserDaemon.start(
          folder, folder.config(Optional.empty()), new UserDaemon.Secrets("", Optional.empty()));
    } catch (StartFailure e) {
      throw new IOException(node.name() + ": " + e.getMessage(), e);
    }
  }

  /// Ends them in the reverse order, users first.
  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(NodesInProcess.class).error("closing a node failed", e);
      }
    }
  }
}
