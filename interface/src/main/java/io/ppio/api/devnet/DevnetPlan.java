package io.ppio.api.devnet;

import io.ppio.api.config.ByteSize;
import io.ppio.crypto.merkle.Tile;
import io.ppio.node.miner.MinerConfig;
import java.nio.file.Path;

/// What a local network shall consist of.
///
/// @param folder its folder, made if absent
/// @param capacityBytes what each miner offers
/// @param segmentBytes largest segment
public record DevnetPlan(
    Path folder,
    int miners,
    int indexers,
    int verifiers,
    int users,
    long capacityBytes,
    int segmentBytes) {
  /// Miners of a network for which nothing else is said.
  public static final int MINERS = 6;

  /// Verifiers of a network for which nothing else is said.
  public static final int VERIFIERS = 3;

  /// What each miner offers for which nothing else is said.
  public static final long CAPACITY_BYTES = 2L << 30;

  /// Largest segment for which nothing else is said, and of any network.
  public static final int SEGMENT_MAX = 16 << 20;

  private static final int COPIES_MAX = 5;

  public DevnetPlan {
    range(miners, 1, 200, "miners");
    range(indexers, 1, 8, "indexers");
    range(verifiers, 1, 64, "verifiers");
    range(users, 0, 64, "users");
    if (capacityBytes < MinerConfig.CAPACITY_MIN) {
      throw new IllegalArgumentException(
          "--capacity must be at least " + ByteSize.format(MinerConfig.CAPACITY_MIN));
    }
    if (segmentBytes < Tile.SIZE || segmentBytes > SEGMENT_MAX || segmentBytes % Tile.SIZE != 0) {
      throw new IllegalArgumentException(
          "--segment must be a multiple of 128KiB and at most " + ByteSize.format(SEGMENT_MAX));
    }
  }

  private static void range(int value, int min, int max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("--" + name + " must be in " + min + ".." + max);
    }
  }

  /// The same network in another folder.
  public DevnetPlan in(Path other) {
    return new DevnetPlan(other, miners, indexers, verifiers, users, capacityBytes, segmentBytes);
  }

  /// Copies that a user of this network asks for by default: one miner may fail and they still fit.
  public int defaultCopies() {
    return Math.max(1, Math.min(COPIES_MAX, miners - 1));
  }
}
