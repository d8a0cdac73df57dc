package io.ppio.node.user.get;

import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.committee.Committees;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.node.host.BeaconFollower;
import io.ppio.node.host.NodeHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/// Tells which verifier holds the keys of a channel's lanes with a miner, as everybody draws it who
/// knows the beacon. Safe for concurrent use.
final class KeyHolders {
  /// An indexer may hear of an epoch a little earlier than we do.
  private static final Duration BEACON_WITHIN = Duration.ofSeconds(2);

  private final NodeHost host;
  private final BeaconFollower beacon;
  private final Committees committees;

  KeyHolders(NodeHost host, BeaconFollower beacon) {
    this.host = host;
    this.beacon = beacon;
    this.committees = new Committees(host.genesis());
  }

  /// The first verifier drawn for channel and miner.
  ///
  /// @param height of the beacon by which it is drawn
  /// @return empty where no verifier may, or that beacon did not become known in time
  Optional<PeerId> draw(Hash channel, PeerId miner, long height) throws InterruptedException {
    try {
      Optional<BeaconTip> known = beacon.await(height, host.env().clock().in(BEACON_WITHIN));
      if (known.filter(tip -> tip.epoch() == height).isEmpty()) {
        return Optional.empty();
      }
      return committees.ofChannel(known.get().value(), channel, miner).first();
    } catch (IOException e) {
      throw new UncheckedIOException("the beacon cannot be read", e);
    }
  }
}
