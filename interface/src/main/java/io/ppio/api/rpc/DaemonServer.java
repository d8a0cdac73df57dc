package io.ppio.api.rpc;

import io.ppio.node.user.api.UserApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The JSON-RPC service of a user node: listener, guard and methods put together.
public final class DaemonServer implements AutoCloseable {
  private final RpcServer server;

  private DaemonServer(RpcServer server) {
    this.server = server;
  }

  /// Settings of the service.
  ///
  /// @param hosts further names accepted in `Host`
  /// @param origins origins of pages that may call
  /// @param token what callers must show; empty if nothing
  /// @param dataFolder no call may name a file in it
  /// @param roots folders that local paths must lie in; empty allows all to callers on this machine
  /// @param typedCodes whether `error.code` carries the typed code
  public record Settings(
      InetSocketAddress address,
      List<String> hosts,
      List<String> origins,
      Optional<String> token,
      Path dataFolder,
      List<Path> roots,
      boolean typedCodes) {
    public Settings {
      hosts = List.copyOf(hosts);
      origins = List.copyOf(origins);
      roots = List.copyOf(roots);
    }
  }

  /// Binds and serves.
  ///
  /// @param config the effective configuration, secrets blanked
  /// @param stop called when a client has asked the daemon to stop and has its answer; returns at
  ///   once
  /// @throws java.net.BindException when the address is taken or not ours
  public static DaemonServer start(
      UserApi user, Settings settings, Supplier<JsonNode> config, Runnable stop)
      throws IOException {
    LocalPaths paths =
        new LocalPaths(settings.dataFolder(), settings.roots(), Path.of("").toAbsolutePath());
    AtomicBoolean asked = new AtomicBoolean();
    MethodTable methods = new UserMethods(user, paths, () -> asked.set(true), config).table();
    return new DaemonServer(
        RpcServer.start(
            settings.address(),
            new RequestGuard(settings.hosts(), settings.origins(), settings.token()),
            new JsonRpcHandler(methods, settings.typedCodes()),
            () -> {
              if (asked.get()) {
                stop.run();
              }
            }));
  }

  /// The port that was bound.
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
