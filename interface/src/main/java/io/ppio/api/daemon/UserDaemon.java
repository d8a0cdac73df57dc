package io.ppio.api.daemon;

import io.ppio.api.config.PossConfig;
import io.ppio.api.config.Setting;
import io.ppio.api.rpc.DaemonServer;
import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.data.seal.Warmup;
import io.ppio.env.Env;
import io.ppio.env.FolderInUse;
import io.ppio.env.Tasks;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.network.peer.NodeRole;
import io.ppio.node.host.HostConfig;
import io.ppio.node.user.UserConfig;
import io.ppio.node.user.UserNode;
import io.ppio.node.user.task.TaskRunner;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A user node with its JSON-RPC service.
public final class UserDaemon implements AutoCloseable {
  private static final int DEFAULT_PORT = 8060;
  private static final int TOKEN_BYTES = 32;
  private static final List<String> LOG_LEVELS = List.of("DEBUG", "INFO", "WARN", "ERROR", "OFF");

  /// What opens the wallet.
  ///
  /// @param walletKey 64 hexadecimal digits, if one was given
  public record Secrets(String passphrase, Optional<String> walletKey) {
    @Override
    public String toString() {
      return "Secrets[]";
    }
  }

  private final UserNode node;
  private final DaemonServer rpc;
  private final CountDownLatch stopping;
  private final Tasks status;

  private UserDaemon(UserNode node, DaemonServer rpc, CountDownLatch stopping, Tasks status) {
    this.node = node;
    this.rpc = rpc;
    this.stopping = stopping;
    this.status = status;
  }

  /// Unlocks the wallet, joins the network, binds the RPC port; serves when this returns.
  ///
  /// @throws StartFailure with one line for the operator
  public static UserDaemon start(DataFolder folder, PossConfig settings, Secrets secrets)
      throws StartFailure, InterruptedException {
    Env env = new RealEnv("user", folder.path(), new Slf4jLog("user"));
    InetSocketAddress rpcAddress = rpcAddress(settings);
    check(settings);
    Genesis genesis = GenesisFile.read(genesisFile(folder, settings));
    PrivateKey wallet = folder.wallet(secrets.passphrase(), secrets.walletKey());
    UserNode node = null;
    try {
      node = startNode(env, folder, settings, wallet, genesis);
      CountDownLatch stopping = new CountDownLatch(1);
      DaemonServer rpc =
          DaemonServer.start(
              node,
              new DaemonServer.Settings(
                  rpcAddress,
                  settings.texts(Setting.HTTP_HOSTS),
                  settings.texts(Setting.RPC_ALLOW_ORIGINS),
                  token(env, folder, settings, rpcAddress),
                  folder.path(),
                  settings.texts(Setting.RPC_PATH_ROOTS).stream().map(Path::of).toList(),
                  settings.text(Setting.RPC_ERROR_CODES).equals("typed")),
              settings::effective,
              stopping::countDown);
      env.log().info("rpc-bound", "host", rpcAddress.getHostString(), "port", rpc.port());
      Tasks status = writeStatus(env, folder, node);
      Warmup.run();
      return new UserDaemon(node, rpc, stopping, status);
    } catch (BindException e) {
      closeQuietly(node);
      Setting port = node == null ? Setting.NET_TCP_PORT : Setting.RPC_PORT;
      throw new StartFailure(
          e.getMessage() + "; choose another " + port.path() + " with --" + port.option());
    } catch (FolderInUse e) {
      throw new StartFailure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      closeQuietly(node);
      throw new StartFailure(folder.path() + ": " + e.getMessage());
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable UserNode node) {
    if (node != null) {
      node.close();
    }
  }

  /// Refuses bad settings before anything is written.
  ///
  /// @throws IllegalArgumentException naming the setting
  public static void check(PossConfig settings) {
    settings.number(Setting.RPC_PORT, 0, 65535);
    settings.number(Setting.NET_TCP_PORT, 0, 65535);
    settings.number(Setting.NET_UDP_PORT, 0, 65535);
    settings.word(Setting.FILE_LOG_LEVEL, LOG_LEVELS);
    settings.word(Setting.CONSOLE_LOG_LEVEL, LOG_LEVELS);
    settings.word(Setting.RPC_AUTH, List.of("none", "token"));
    settings.word(Setting.RPC_ERROR_CODES, List.of("compat", "typed"));
    limits(settings);
    timing(settings);
    settings.number(Setting.DEFAULT_COPIES, 1, 10);
    settings.number(Setting.MIN_COPIES, 1, 10);
    settings.flag(Setting.AUTO_RESUME_TASKS);
    settings.flag(Setting.RPC_ALLOW_REMOTE);
    settings.flag(Setting.DISABLE_UDP);
    settings.flag(Setting.DEBUG);
    settings.flag(Setting.VERBOSE);
    settings.bootstrap();
  }

  private static UserNode startNode(
      Env env, DataFolder folder, PossConfig settings, PrivateKey wallet, Genesis genesis)
      throws IOException, StartFailure, InterruptedException {
    int port = (int) settings.number(Setting.NET_TCP_PORT, 0, 65535);
    try {
      return UserNode.start(env, userConfig(folder, settings, wallet, genesis, port));
    } catch (BindException e) {
      // The default port may be taken by another node of this machine; a port that was asked for
      // may not.
      if (port != DEFAULT_PORT
          || settings.origin(Setting.NET_TCP_PORT) == PossConfig.Origin.OPTION) {
        throw e;
      }
      return UserNode.start(env, userConfig(folder, settings, wallet, genesis, 0));
    }
  }

  private static Path genesisFile(DataFolder folder, PossConfig settings) {
    String given = settings.text(Setting.GENESIS);
    return folder.path().resolve(given.isEmpty() ? "genesis.json" : given);
  }

  private static UserConfig userConfig(
      DataFolder folder, PossConfig settings, PrivateKey wallet, Genesis genesis, int port)
      throws StartFailure {
    HostConfig host =
        new HostConfig(
            NodeRole.USER,
            "user",
            folder.path(),
            new InetSocketAddress(address(settings, Setting.NET_BIND_IP), port),
            genesis,
            RoleDaemon.entries(settings.bootstrap()));
    return new UserConfig(
        host,
        wallet,
        limits(settings),
        (int) settings.number(Setting.DEFAULT_COPIES, 1, 10),
        (int) settings.number(Setting.MIN_COPIES, 1, 10),
        timing(settings),
        settings.flag(Setting.AUTO_RESUME_TASKS));
  }

  private static TaskRunner.Limits limits(PossConfig settings) {
    return new TaskRunner.Limits(
        (int) settings.number(Setting.MAX_RUNNING_JOBS, 1, 1000),
        (int) settings.number(Setting.JOB_QUEUE_SIZE, 1, 100_000));
  }

  private static UserConfig.Timing timing(PossConfig settings) {
    return new UserConfig.Timing(
        settings.duration(Setting.TIMEOUT_PROGRESS),
        Duration.ofSeconds(settings.number(Setting.SYNC_INTERVAL, 1, 86_400)),
        Duration.ofSeconds(settings.number(Setting.PENDING_END_WINDOW, 0, 30 * 86_400L)));
  }

  private static InetSocketAddress rpcAddress(PossConfig settings) throws StartFailure {
    int port = (int) settings.number(Setting.RPC_PORT, 0, 65535);
    InetAddress wanted = address(settings, Setting.RPC_HOST);
    boolean allowed = wanted.isLoopbackAddress() || settings.flag(Setting.RPC_ALLOW_REMOTE);
    return new InetSocketAddress(allowed ? wanted : InetAddress.ofLiteral("127.0.0.1"), port);
  }

  private static InetAddress address(PossConfig settings, Setting setting) throws StartFailure {
    String host = settings.text(setting);
    try {
      // One address is bound: of several, the one that the resolver puts first.
      return InetAddress.getAllByName(host)[0];
    } catch (UnknownHostException e) {
      throw new StartFailure(
          setting.path() + " '" + host + "' is no address (--" + setting.option() + ")");
    }
  }

  /// Remote callers always need the token, local ones where it is asked for.
  private static Optional<String> token(
      Env env, DataFolder folder, PossConfig settings, InetSocketAddress rpc) throws IOException {
    boolean wanted =
        settings.text(Setting.RPC_AUTH).equals("token") || !rpc.getAddress().isLoopbackAddress();
    if (!wanted) {
      return Optional.empty();
    }
    Path file = folder.path().resolve("rpc.token");
    if (!env.disk().exists(file)) {
      byte[] secret = new byte[TOKEN_BYTES];
      env.secret(secret);
      env.disk()
          .replace(
              file,
              HexFormat.of()
                  .formatHex(secret)
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return Optional.of(
        new String(env.disk().readAll(file, 4096), java.nio.charset.StandardCharsets.US_ASCII)
            .strip());
  }

  private static Tasks writeStatus(Env env, DataFolder folder, UserNode node) {
    Tasks tasks = env.tasks("status");
    tasks.serve(
        "file",
        new StatusFile(
                env.clock(), folder.path(), node::status, node.host().peers().counters(), List::of)
            ::run);
    return tasks;
  }

  /// Waits until a client has asked the daemon to stop, or it can no longer do its work.
  ///
  /// @return whether it was asked to
  public boolean awaitStop() throws InterruptedException {
    status.serve(
        "broken",
        () -> {
          node.host().awaitBroken();
          stopping.countDown();
        });
    stopping.await();
    return !node.host().isBroken();
  }

  @Override
  public void close() {
    status.close();
    rpc.close();
    node.close();
  }
}
