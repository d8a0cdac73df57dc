package io.ppio.node.user.account;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.env.Bytes;
import io.ppio.network.peer.Contact;
import io.ppio.network.peer.PeerRecord;
import io.ppio.node.host.NodeHost;

/// How to reach miners. Stateless.
public final class MinerContacts {
  private MinerContacts() {}

  /// The contact of a miner, by the record that an indexer sent along where that is its own.
  ///
  /// @param record an encoded signed record, or nothing
  public static Contact contact(NodeHost host, PublicKey miner, Bytes record) {
    try {
      if (!record.isEmpty()) {
        PeerRecord decoded = PeerRecord.decode(record.toArray());
        if (decoded.peerId().equals(miner.peerId())
            && decoded.isSigned(host.genesis().networkId())) {
          host.peers().addressBook().learn(decoded);
        }
      }
    } catch (MalformedMessage e) {
      new UserLog(host.env().log()).recordRefused(miner.peerId(), String.valueOf(e.getMessage()));
    }
    return host.directory().contact(miner.peerId());
  }
}
