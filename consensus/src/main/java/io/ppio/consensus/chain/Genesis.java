package io.ppio.consensus.chain;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Check;
import io.ppio.network.peer.NetworkId;
import io.ppio.network.peer.NodeRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The first state of a network; its hash binds everything that follows (consensus specification
/// 14.1).
///
/// Nodes are kept in the order of their peer ids, whatever the order given; a network starts with
/// at most 64 verifiers. Comes with the release or the data directory, never from a peer.
///
/// @param name 1 to 32 lower-case letters, digits and dashes
/// @param time when epoch 0 begins, whole milliseconds
public record Genesis(
    NetworkClass networkClass,
    String name,
    Instant time,
    Parameters parameters,
    List<GenesisNode> nodes) {
  /// Nodes at most.
  public static final int NODES_MAX = 1024;

  /// Verifiers at most: what one beacon proposal can hold.
  public static final int VERIFIERS_MAX = 64;

  public Genesis {
    nodes = nodes.stream().sorted(Comparator.comparing(GenesisNode::peer)).toList();
    if (!name.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("name must be 1 to 32 letters, digits and dashes");
    }
    if (time.toEpochMilli() < 0 || !time.equals(Instant.ofEpochMilli(time.toEpochMilli()))) {
      throw new IllegalArgumentException("time must be whole milliseconds after 1970");
    }
    Check.range(nodes.size(), 0, NODES_MAX, "number of nodes");
    if (nodes.stream().map(GenesisNode::peer).distinct().count() != nodes.size()) {
      throw new IllegalArgumentException("two nodes have the same peer id");
    }
    Check.range(peersOf(nodes, NodeRole.VERIFIER).size(), 0, VERIFIERS_MAX, "verifiers");
    if (networkClass == NetworkClass.MAIN && parameters.sealing().fastWeight() != 0) {
      throw new IllegalArgumentException("FAST replicas carry no power on the main network");
    }
  }

  /// The genesis in its JSON form for people, in any member order; unknown members are refused,
  /// because nodes that ignore one would disagree with those that do not.
  public static Genesis fromJson(byte[] json) throws MalformedMessage {
    return GenesisJson.read(json);
  }

  /// The canonical bytes.
  public byte[] encode() {
    return GenesisCodec.encode(this);
  }

  /// The JSON form for people, indented, UTF-8.
  public byte[] toJson() {
    return GenesisJson.write(this);
  }

  /// `chain_id` of the master chain: `TH("ppio/chain", canonical bytes)`.
  public Hash chainId() {
    return Hash.tagged("ppio/chain", encode());
  }

  /// What peers compare when they meet.
  public NetworkId networkId() {
    return NetworkId.of(name, chainId());
  }

  /// The first 4 bytes of the network id, as proofs mix them in.
  public int net() {
    return networkId().bytes().buffer().getInt();
  }

  /// The peers with `role`, in peer-id order.
  public List<PeerId> peers(NodeRole role) {
    return peersOf(nodes, role);
  }

  private static List<PeerId> peersOf(List<GenesisNode> nodes, NodeRole role) {
    return nodes.stream().filter(node -> node.has(role)).map(GenesisNode::peer).toList();
  }
}
