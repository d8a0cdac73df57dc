package io.ppio.crypto.identity;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Env;
import io.ppio.env.LinkIdentity;
import java.io.IOException;
import java.nio.file.Path;

/// The long-lived key of a node and the peer id that follows from it.
///
/// Stateless apart from the key; safe for concurrent use until the key is closed.
public final class NodeIdentity implements LinkIdentity {
  private final PrivateKey key;
  private final PeerId peerId;

  public NodeIdentity(PrivateKey key) {
    this.key = key;
    this.peerId = key.peerId();
  }

  /// The identity in `file` (by convention `net/peer.key` of the data directory); made, with its
  /// folder, when absent. The file is durable before this returns, readable by its owner only.
  ///
  /// @throws IOException when the file is damaged or of a later version, or the disk fails
  public static NodeIdentity loadOrCreate(Env env, Path file) throws IOException {
    return new NodeIdentity(PeerKeyFile.loadOrCreate(env, file));
  }

  /// The private key; owned by the node, which closes it last.
  public PrivateKey privateKey() {
    return key;
  }

  /// The name of the node.
  public PeerId peerId() {
    return peerId;
  }

  /// The account of the same key.
  public Account account() {
    return key.account();
  }

  @Override
  public Bytes key() {
    return peerId.linkKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.signDer(Hash.sha256(message));
  }

  @Override
  public boolean verify(Bytes linkKey, byte[] message, byte[] signature) {
    try {
      return PeerId.ofLinkKey(linkKey).publicKey().verifyDer(Hash.sha256(message), signature);
    } catch (MalformedMessage e) {
      return false; // the contract: a malformed key verifies nothing
    }
  }

  /// The peer id.
  @Override
  public String toString() {
    return peerId.toString();
  }
}
