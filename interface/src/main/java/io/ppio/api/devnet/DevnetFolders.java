package io.ppio.api.devnet;

import io.ppio.api.config.BootstrapAddress;
import io.ppio.api.config.PossConfig;
import io.ppio.api.config.RoleFile;
import io.ppio.api.config.Setting;
import io.ppio.api.json.Json;
import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.env.Env;
import io.ppio.env.real.RealEnv;
import io.ppio.env.real.Slf4jLog;
import io.ppio.network.peer.NodeRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/// Lays out the folder of a new local network: keys, genesis, one configuration a node.
final class DevnetFolders {
  private static final String LOOPBACK = "127.0.0.1";

  private final DevnetPlan plan;
  private final Env env;
  private final List<NodeRecord> nodes = new ArrayList<>();
  private final List<GenesisNode> named = new ArrayList<>();

  /// Ports are held until all are chosen, so that no two nodes get the same.
  private final List<ServerSocket> held = new ArrayList<>();

  private DevnetFolders(DevnetPlan plan) {
    this.plan = plan;
    this.env = new RealEnv("devnet", plan.folder(), new Slf4jLog("devnet"));
  }

  /// Makes the folders of `plan`.
  static DevnetFile create(DevnetPlan plan) throws IOException {
    DevnetFolders folders = new DevnetFolders(plan);
    try {
      return folders.create();
    } finally {
      for (ServerSocket socket : folders.held) {
        socket.close();
      }
    }
  }

  private DevnetFile create() throws IOException {
    env.disk().createFolders(plan.folder());
    add(NodeRole.BOOTSTRAP, 1);
    add(NodeRole.INDEXER, plan.indexers());
    add(NodeRole.VERIFIER, plan.verifiers());
    add(NodeRole.MINER, plan.miners());
    add(NodeRole.USER, plan.users());
    Path genesis = plan.folder().resolve("genesis.json");
    Files.write(genesis, genesis().toJson());
    NodeRecord bootstrap = nodes.getFirst();
    RoleFile.HostPort address = RoleFile.HostPort.parse(bootstrap.address());
    List<BootstrapAddress> entry =
        List.of(
            new BootstrapAddress(
                bootstrap.name(), LOOPBACK, address.port(), address.port(), bootstrap.peerId()));
    for (NodeRecord node : nodes) {
      if (node.role().equals("user")) {
        configureUser(node, genesis, entry);
      } else {
        configureRole(node, genesis, entry);
      }
    }
    DevnetFile file = new DevnetFile(plan.folder(), nodes);
    file.write();
    return file;
  }

  private Genesis genesis() {
    return new Genesis(
        NetworkClass.DEV,
        "devnet",
        Instant.ofEpochMilli(env.clock().wallMillis()),
        Parameters.LOCAL.withSegmentBytes(plan.segmentBytes()),
        named);
  }

  private void add(NodeRole role, int count) throws IOException {
    String label = role.name().toLowerCase(Locale.ROOT);
    for (int number = 1; number <= count; number++) {
      Path folder = plan.folder().resolve(label + "-" + number);
      env.disk().createFolders(folder);
      NodeIdentity identity =
          NodeIdentity.loadOrCreate(env, folder.resolve("net").resolve("peer.key"));
      String address = LOOPBACK + ":" + freePort();
      String rpc = role == NodeRole.USER ? LOOPBACK + ":" + freePort() : "";
      nodes.add(
          new NodeRecord(
              label,
              label + "-" + number,
              folder,
              identity.peerId().hex(),
              address,
              rpc,
              role == NodeRole.USER ? "" : identity.account().address(),
              0,
              0));
      if (role != NodeRole.MINER && role != NodeRole.USER) {
        named.add(
            new GenesisNode(role.bit(), identity.peerId(), label + "-" + number, List.of(address)));
      }
    }
  }

  private int freePort() throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.ofLiteral(LOOPBACK));
    held.add(socket);
    return socket.getLocalPort();
  }

  private void configureRole(NodeRecord node, Path genesis, List<BootstrapAddress> entry)
      throws IOException {
    RoleFile file =
        new RoleFile(
            node.name(),
            node.folder(),
            RoleFile.HostPort.parse(node.address()),
            genesis,
            node.role().equals("bootstrap") ? List.of() : entry,
            node.role().equals("miner") ? Optional.of(plan.capacityBytes()) : Optional.empty(),
            "INFO");
    Files.write(node.folder().resolve("config.json"), file.toBytes());
  }

  private void configureUser(NodeRecord node, Path genesis, List<BootstrapAddress> entry)
      throws IOException {
    RoleFile.HostPort address = RoleFile.HostPort.parse(node.address());
    RoleFile.HostPort rpc = RoleFile.HostPort.parse(node.rpc());
    PossConfig config = PossConfig.empty();
    set(config, Setting.NET_BIND_IP, LOOPBACK);
    number(config, Setting.NET_TCP_PORT, address.port());
    number(config, Setting.NET_UDP_PORT, address.port());
    number(config, Setting.RPC_PORT, rpc.port());
    number(config, Setting.DEFAULT_COPIES, plan.defaultCopies());
    set(config, Setting.GENESIS, genesis.toString());
    set(config, Setting.TEST_NET, "devnet");
    ArrayNode list = Json.array();
    entry.forEach(each -> list.add(each.toJson()));
    config.set(Setting.BOOTSTRAP, list);
    config.complete();
    Files.write(node.folder().resolve("poss.conf"), config.toBytes());
  }

  private static void set(PossConfig config, Setting setting, String value) {
    config.set(setting, Json.object().put("v", value).path("v"));
  }

  private static void number(PossConfig config, Setting setting, long value) {
    config.set(setting, Json.object().put("v", value).path("v"));
  }
}
