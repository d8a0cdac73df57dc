package io.ppio.node.miner;

import io.ppio.crypto.merkle.Tile;
import io.ppio.incentive.contract.Offer;
import io.ppio.node.host.HostConfig;
import java.math.BigInteger;

/// What a miner is started with.
///
/// @param capacityBytes hard limit of what it takes of its disk, bookkeeping included
/// @param plotTiles tiles of its plot; fixed when the plot is made
/// @param asks lowest prices it accepts, wei per chi
public record MinerConfig(HostConfig host, long capacityBytes, int plotTiles, Offer.Asks asks) {
  /// Set aside for records and logs.
  private static final long RESERVE_BYTES = 64L << 20;

  private static final int RESERVE_PER_TILE = 512;

  /// A plot and one segment in staging need at least so much.
  public static final long CAPACITY_MIN = 160L << 20;

  public MinerConfig {
    if (capacityBytes < CAPACITY_MIN) {
      throw new IllegalArgumentException("Capacity must be at least 160 MiB");
    }
  }

  /// Three quarters of the capacity become the plot, the rest is for staging and bookkeeping; free
  /// of charge below the oracle's price.
  public static MinerConfig of(HostConfig host, long capacityBytes) {
    long forTiles = Math.max(0, capacityBytes - RESERVE_BYTES) * 3 / 4;
    long tiles = Math.min(forTiles / (Tile.SIZE + RESERVE_PER_TILE), 1 << 23);
    return new MinerConfig(
        host,
        capacityBytes,
        (int) Math.max(1, tiles),
        new Offer.Asks(BigInteger.ONE, BigInteger.ONE));
  }
}
