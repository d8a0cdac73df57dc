package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import java.util.Optional;

/// Tells which verifier holds the keys of a channel's lanes with a miner.
@FunctionalInterface
public interface KeyHolders {
  /// The first verifier drawn for channel and miner.
  ///
  /// @param height of the beacon by which it is drawn
  /// @return empty where no verifier may, or that beacon did not become known in time
  Optional<PeerId> draw(Hash channel, PeerId miner, long height) throws InterruptedException;
}
