package io.ppio.api.config;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The configuration of one service node, as `ppio node ROLE --config FILE` reads it.
///
/// Relative paths are taken from the folder of the file. Unknown members are refused: a misspelt
/// one would silently leave its default in force.
///
/// @param name shown in directories and logs
/// @param dataDir the node's own folder
/// @param listen address of the node's protocol; port 0 takes any free one
/// @param genesis the document that names the network and its service nodes
/// @param bootstrap entry points; a bootstrap node needs none
/// @param capacityBytes what a miner offers, staging and bookkeeping included
public record RoleFile(
    String name,
    Path dataDir,
    HostPort listen,
    Path genesis,
    List<BootstrapAddress> bootstrap,
    Optional<Long> capacityBytes,
    String logLevel) {
  private static final Set<String> MEMBERS =
      Set.of("Name", "DataDir", "Listen", "Genesis", "Bootstrap", "Capacity", "LogLevel");

  /// Host and port written as `127.0.0.1:8050` or `[::1]:8050`.
  public record HostPort(String host, int port) {
    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException when it is none
    public static HostPort parse(String text) {
      int colon = text.lastIndexOf(':');
      String port = colon < 0 ? "" : text.substring(colon + 1);
      if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
        throw new IllegalArgumentException("'" + text + "' is no address such as 127.0.0.1:8050");
      }
      String host = text.substring(0, colon);
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      return new HostPort(
          bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  public RoleFile {
    bootstrap = List.copyOf(bootstrap);
  }

  /// Reads `file`.
  ///
  /// @throws IOException when it cannot be read or is not what it must be; the message names file
  ///   and member
  public static RoleFile read(Path file) throws IOException {
    JsonNode json;
    try {
      json = Json.parse(Files.readAllBytes(file));
    } catch (Json.Malformed e) {
      throw new IOException(file + ": " + e.getMessage());
    } catch (java.nio.file.NoSuchFileException e) {
      throw new IOException(file + " does not exist");
    }
    try {
      return of(json, file.toAbsolutePath().resolve("..").normalize());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage());
    }
  }

  private static RoleFile of(JsonNode json, Path folder) {
    if (!(json instanceof ObjectNode object)) {
      throw new IllegalArgumentException("not a JSON object");
    }
    for (var member : object.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw new IllegalArgumentException("unknown member " + member.getKey());
      }
    }
    List<BootstrapAddress> bootstrap = new ArrayList<>();
    if (object.path("Bootstrap") instanceof ArrayNode array) {
      array.forEach(each -> bootstrap.add(BootstrapAddress.of(each)));
    }
    String capacity = object.path("Capacity").asString("");
    return new RoleFile(
        object.path("Name").asString("node"),
        folder.resolve(object.path("DataDir").asString(".")).normalize(),
        HostPort.parse(object.path("Listen").asString("127.0.0.1:0")),
        folder.resolve(object.path("Genesis").asString("genesis.json")).normalize(),
        bootstrap,
        capacity.isEmpty() ? Optional.empty() : Optional.of(ByteSize.parse(capacity)),
        object.path("LogLevel").asString("INFO"));
  }

  /// The document that [#read] reads back.
  public byte[] toBytes() {
    ObjectNode json =
        Json.object()
            .put("Name", name)
            .put("DataDir", dataDir.toString())
            .put("Listen", listen.toString())
            .put("Genesis", genesis.toString());
    ArrayNode entries = json.putArray("Bootstrap");
    bootstrap.forEach(each -> entries.add(each.toJson()));
    capacityBytes.ifPresent(bytes -> json.put("Capacity", bytes));
    json.put("LogLevel", logLevel);
    return (Json.pretty(json) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
