package io.ppio.consensus.chain;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.network.peer.NodeRole;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The genesis as JSON for people; the canonical form alone is hashed.
///
/// Times are ISO 8601, roles are names (`verifier`, `coin-pool`), peer ids hexadecimal.
final class GenesisJson {
  /// Larger files are no genesis: 1024 nodes of less than 1 KiB each.
  private static final int SIZE_MAX = 4 << 20;

  private static final String PAYOUT = "payout";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private GenesisJson() {}

  static byte[] write(Genesis genesis) {
    ObjectNode root = JSON.createObjectNode();
    root.put("network_class", genesis.networkClass().text());
    root.put("name", genesis.name());
    root.put("time", genesis.time().toString());
    Parameters parameters = genesis.parameters();
    ObjectNode shared = root.putObject("parameters");
    shared.put("segment_bytes", parameters.segmentBytes());
    shared.put("epoch_ms", parameters.epoch().toMillis());
    shared.put("billing_hour_seconds", parameters.billingHourSeconds());
    shared.put("lan", parameters.lan());
    ObjectNode sealing = shared.putObject("sealing");
    sealing.put("w_seal_fast", parameters.sealing().fastWeight());
    sealing.put("seed_delay", parameters.sealing().seedDelay());
    sealing.put("challenge_delay", parameters.sealing().challengeDelay());
    sealing.put("pending_seconds", parameters.sealing().pendingSeconds());
    ArrayNode nodes = root.putArray("nodes");
    genesis.nodes().forEach(node -> write(node, nodes.addObject()));
    return JSON.writeValueAsBytes(root);
  }

  private static void write(GenesisNode node, ObjectNode json) {
    ArrayNode roles = json.putArray("roles");
    for (NodeRole role : NodeRole.values()) {
      if (node.has(role)) {
        roles.add(text(role));
      }
    }
    json.put("peer_id", node.peer().hex());
    json.put("name", node.name());
    ArrayNode addresses = json.putArray("addresses");
    node.addresses().forEach(addresses::add);
    if (!node.isPaidItself()) {
      json.put(PAYOUT, node.payout().address());
    }
  }

  private static String text(NodeRole role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Genesis read(byte[] json) throws MalformedMessage {
    if (json.length > SIZE_MAX) {
      throw new MalformedMessage("genesis is larger than " + SIZE_MAX + " bytes");
    }
    try {
      JsonNode root = JSON.readTree(json);
      requireMembers(root, "network_class", "name", "time", "parameters", "nodes");
      List<GenesisNode> nodes = new ArrayList<>();
      for (JsonNode node : array(root, "nodes")) {
        nodes.add(node(node));
      }
      return new Genesis(
          NetworkClass.ofText(text(root, "network_class")),
          text(root, "name"),
          Instant.parse(text(root, "time")),
          parameters(root.path("parameters")),
          nodes);
    } catch (JacksonException e) {
      throw new MalformedMessage("genesis is not JSON");
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new MalformedMessage("genesis: " + e.getMessage());
    }
  }

  private static Parameters parameters(JsonNode json) throws MalformedMessage {
    requireMembers(json, "segment_bytes", "epoch_ms", "billing_hour_seconds", "lan", "sealing");
    JsonNode sealing = json.path("sealing");
    requireMembers(sealing, "w_seal_fast", "seed_delay", "challenge_delay", "pending_seconds");
    if (!json.path("lan").isBoolean()) {
      throw new MalformedMessage("lan must be true or false");
    }
    return new Parameters(
        integer(json, "segment_bytes"),
        Duration.ofMillis(integer(json, "epoch_ms")),
        integer(json, "billing_hour_seconds"),
        json.path("lan").asBoolean(),
        new Sealing(
            integer(sealing, "w_seal_fast"),
            integer(sealing, "seed_delay"),
            integer(sealing, "challenge_delay"),
            integer(sealing, "pending_seconds")));
  }

  private static GenesisNode node(JsonNode json) throws MalformedMessage {
    requireMembers(json, "roles", "peer_id", "name", "addresses", PAYOUT);
    int roles = 0;
    for (String role : texts(json, "roles")) {
      roles |= role(role).bit();
    }
    PeerId peer = PeerId.parse(text(json, "peer_id"));
    Account payout = json.has(PAYOUT) ? Account.parse(text(json, PAYOUT)) : peer.account();
    return new GenesisNode(roles, peer, text(json, "name"), texts(json, "addresses"), payout);
  }

  private static NodeRole role(String text) throws MalformedMessage {
    for (NodeRole role : NodeRole.values()) {
      if (role.bit() != 0 && text(role).equals(text)) {
        return role;
      }
    }
    throw new MalformedMessage("unknown role of a node");
  }

  private static void requireMembers(JsonNode json, String... members) throws MalformedMessage {
    List<String> known = List.of(members);
    if (!json.isObject()) {
      throw new MalformedMessage("an object with " + known + " is missing");
    }
    for (String member : json.propertyNames()) {
      if (!known.contains(member)) {
        throw new MalformedMessage("unknown member beside " + known);
      }
    }
  }

  private static JsonNode array(JsonNode json, String member) throws MalformedMessage {
    JsonNode array = json.path(member);
    if (!array.isArray()) {
      throw new MalformedMessage(member + " must be a list");
    }
    return array;
  }

  private static List<String> texts(JsonNode json, String member) throws MalformedMessage {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(json, member)) {
      if (!element.isString()) {
        throw new MalformedMessage(member + " must hold texts");
      }
      texts.add(element.stringValue());
    }
    return texts;
  }

  private static String text(JsonNode json, String member) throws MalformedMessage {
    if (!json.path(member).isString()) {
      throw new MalformedMessage(member + " must be a text");
    }
    return json.path(member).stringValue();
  }

  private static int integer(JsonNode json, String member) throws MalformedMessage {
    JsonNode value = json.path(member);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new MalformedMessage(member + " must be a whole number");
    }
    return value.intValue();
  }
}
