package io.ppio.api.devnet;

import io.ppio.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `devnet.json`: what a local network consists of, for programs and for the next call of this one.
///
/// @param folder the network's folder
/// @param nodes in the order in which they are started
record DevnetFile(Path folder, List<NodeRecord> nodes) {
  private static final String NAME = "devnet.json";

  DevnetFile {
    nodes = List.copyOf(nodes);
  }

  static boolean existsIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /// Reads the network of `folder`.
  ///
  /// @throws IOException when there is none, or the file is damaged
  static DevnetFile read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      throw new IOException(
          "no local network in " + folder + " (ppio devnet up --dir " + folder + ")");
    }
    try {
      JsonNode json = Json.parse(Files.readAllBytes(file));
      List<NodeRecord> nodes = new ArrayList<>();
      json.path("nodes").forEach(node -> nodes.add(NodeRecord.of(node)));
      return new DevnetFile(folder, nodes);
    } catch (Json.Malformed e) {
      throw new IOException(file + ": " + e.getMessage());
    }
  }

  /// Replaces the file atomically.
  void write() throws IOException {
    Path aside = folder.resolve(NAME + ".new");
    Files.writeString(aside, Json.pretty(toJson()) + "\n");
    Files.move(aside, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("dir", folder.toString());
    ArrayNode list = json.putArray("nodes");
    nodes.forEach(node -> list.add(node.toJson()));
    return json;
  }

  /// The node called `name`.
  ///
  /// @throws IOException naming those there are
  NodeRecord node(String name) throws IOException {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IOException(
                "no node "
                    + name
                    + " here; there are "
                    + String.join(", ", nodes.stream().map(NodeRecord::name).toList())));
  }

  /// The same with `changed` in the place of the node of its name.
  DevnetFile with(NodeRecord changed) {
    return new DevnetFile(
        folder,
        nodes.stream().map(node -> node.name().equals(changed.name()) ? changed : node).toList());
  }
}
