package io.ppio.check.sim.watch;

import io.ppio.env.Bytes;
import io.ppio.env.Store.Durability;
import java.nio.ByteBuffer;

/// Sees what a node does to the world, in the moment in which it does it; must not wait.
public interface Watcher {
  /// A store of the node has this now: because a change was committed, or because the store was
  /// opened with it.
  void has(Bytes key, Bytes value, Durability durability);

  /// Bytes are about to leave the node for a peer.
  ///
  /// @param part to be read only
  void sending(ByteBuffer part);
}
