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

/// Key holders as everybody draws them who knows the beacon. Safe for concurrent use.
public final class DrawnHolders implements KeyHolders {
  /// An indexer may hear of an epoch a little earlier than we do.
  private static final Duration BEACON_WITHIN = Duration.ofSeconds(2);

  private final NodeHost host;
  private final BeaconFollower beacon;
  private final Committees committees;

  public DrawnHolders(NodeHost host, BeaconFollower beacon) {
    this.host = host;
    this.beacon = beacon;
    this.committees = new Committees(host.genesis());
  }

  @Override
  public Optional<PeerId> draw(Hash channel, PeerId miner, long height)
      throws InterruptedException {
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
