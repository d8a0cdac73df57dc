package io.ppio.api.cli;

import io.ppio.api.config.FileFault;
import io.ppio.api.config.PossConfig;
import io.ppio.api.config.Setting;
import io.ppio.api.sdk.DaemonClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which daemon a command talks to: options every RPC command has (interface specification 4.1).
final class RpcOptions {
  static final String HOST = "127.0.0.1";
  static final int PORT = 18060;

  @Option(names = "--rpchost", description = "host of the daemon (default 127.0.0.1)")
  String rpcHost = "";

  @Option(names = "--rpcport", description = "port of the daemon (default 18060)")
  String rpcPort = "";

  @Option(names = "--datadir", description = "take host and port from this data directory")
  String dataDir = "";

  @Option(names = "--config", description = "take host and port from this configuration file")
  String config = "";

  DaemonClient client() throws CliFailure {
    PossConfig settings = settings();
    settings.override(Setting.RPC_HOST, Optional.of(rpcHost));
    settings.override(Setting.RPC_PORT, Optional.of(rpcPort));
    String host = settings.text(Setting.RPC_HOST);
    try {
      int port = (int) settings.number(Setting.RPC_PORT, 1, 65535);
      return new DaemonClient(host.equals("0.0.0.0") ? HOST : host, port, token());
    } catch (IllegalArgumentException e) {
      throw CliFailure.illegalOption(String.valueOf(e.getMessage()));
    }
  }

  private PossConfig settings() throws CliFailure {
    Path file =
        !config.isEmpty()
            ? Path.of(config)
            : !dataDir.isEmpty() ? Path.of(dataDir, "poss.conf") : Path.of("");
    if (file.toString().isEmpty()) {
      return PossConfig.empty();
    }
    try {
      return PossConfig.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw CliFailure.localFile("cannot read " + file + ": " + FileFault.reason(e));
    }
  }

  private Optional<String> token() throws CliFailure {
    Path file = dataDir.isEmpty() ? Path.of("") : Path.of(dataDir, "rpc.token");
    if (dataDir.isEmpty() || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw CliFailure.localFile("cannot read " + file + ": " + FileFault.reason(e));
    }
  }
}
