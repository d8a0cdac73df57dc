package io.ppio.api.cli;

import io.ppio.api.sdk.DaemonClient;
import io.ppio.api.sdk.DaemonFailure;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// `net id`, `net peers`, `net servers`, `wallet-account`, `api-version`, `stop` (interface
/// specification 4.2, 4.4).
final class NetCommands {
  private NetCommands() {}

  @CommandLine.Command(
      name = "net",
      description = "this node and those it knows",
      subcommands = {Id.class, Peers.class, Servers.class},
      footer = {"", "Examples:", "  poss net id", "  poss net peers --rpcport=18060"})
  static final class Net implements Runnable {
    @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @CommandLine.Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
  }

  @CommandLine.Command(
      name = "id",
      description = "print this node's peer id",
      footer = {"", "Example:", "  poss net id"})
  static final class Id extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      String id = client.call("NetID").asString();
      console.line("get local host peer id");
      console.line("peer id: " + id);
    }
  }

  @CommandLine.Command(
      name = "peers",
      description = "list the peers with a connection",
      footer = {"", "Example:", "  poss net peers"})
  static final class Peers extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      JsonNode peers = client.call("NetPeers");
      console.line("netPeers");
      for (JsonNode peer : peers) {
        console.line(
            String.join(
                ", ",
                peer.path("PeerID").asString(""),
                kind(peer.path("NodeType").asInt(0)),
                peer.path("SRTT").asString(""),
                peer.path("LastRTTProbeTime").asString("")));
      }
    }

    private static String kind(int nodeType) {
      return switch (nodeType) {
        case 1 -> "Neighbor";
        case 2 -> "Candidate";
        case 3 -> "Past";
        case 4 -> "Deprecated";
        default -> "Unknown";
      };
    }
  }

  @CommandLine.Command(
      name = "servers",
      description = "list the indexers and verifiers",
      footer = {"", "Example:", "  poss net servers"})
  static final class Servers extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      JsonNode servers = client.call("NetServers");
      console.line("Servers listed:");
      console.line(" Indexers");
      brief(servers.path("Indexers"));
      console.line("Verifiers");
      brief(servers.path("Verifiers"));
      console.line("");
      full("Indexers", servers.path("Indexers"));
      full("Verifiers", servers.path("Verifiers"));
    }

    /// Both labels are spelt `tcpport`, as the original prints them.
    private void brief(JsonNode servers) {
      for (int i = 0; i < servers.size(); i++) {
        JsonNode address = servers.path(i).path("Address");
        console.line(
            "[%d]: [name=%s, addr=[IP=%s, tcpport=%s, tcpport=%s]]"
                .formatted(
                    i,
                    servers.path(i).path("Name").asString(""),
                    address.path("IP").asString(""),
                    address.path("TCPPort").asString(""),
                    address.path("UDPPort").asString("")));
      }
    }

    private void full(String title, JsonNode servers) {
      console.line(title + ": " + servers.size());
      for (int i = 0; i < servers.size(); i++) {
        JsonNode server = servers.path(i);
        JsonNode address = server.path("Address");
        console.line(
            "%d: %s %s:%s:%s:%s %s zone=%s"
                .formatted(
                    i,
                    server.path("Name").asString(""),
                    address.path("IP").asString(""),
                    address.path("TCPPort").asString(""),
                    address.path("UDPPort").asString(""),
                    address.path("HTTPPort").asString(""),
                    server.path("PeerID").asString(""),
                    server.path("Zone").asString("0")));
      }
    }
  }

  @CommandLine.Command(
      name = "wallet-account",
      aliases = "wallet-accunt",
      description = "print the account's address",
      footer = {"", "Example:", "  poss wallet-account"})
  static final class WalletAccount extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      String address = client.call("WalletAccount").asString();
      console.line("exportWalletAccount");
      console.line(address);
    }
  }

  @CommandLine.Command(
      name = "api-version",
      description = "print the version of the RPC interface",
      footer = {"", "Example:", "  poss api-version"})
  static final class ApiVersion extends Command {
    @Override
    void run(DaemonClient client) throws CliFailure, DaemonFailure {
      console.line(client.call("APIVersion").asString());
    }
  }
}
