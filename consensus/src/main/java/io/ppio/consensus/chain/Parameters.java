package io.ppio.consensus.chain;

import io.ppio.env.Check;
import java.time.Duration;

/// The settings that all nodes of a network share.
///
/// @param segmentBytes largest segment, a multiple of the 131,072 bytes of a tile, 1 to 128 tiles
/// @param epoch length of one epoch of the beacon without a ledger, whole milliseconds, 0.2 s to 1
///   h
/// @param billingHourSeconds what counts as an hour in contracts and payments, 1 to 3600
/// @param lan whether private addresses are as good as public ones, and rules of prefixes off for
///   them
public record Parameters(
    int segmentBytes, Duration epoch, int billingHourSeconds, boolean lan, Sealing sealing) {
  private static final int TILE_BYTES = 131_072;
  private static final int TILES_MAX = 128;
  private static final int EPOCH_MIN_MILLIS = 200;
  private static final int HOUR_SECONDS = 3600;

  /// The values of the public networks.
  public static final Parameters STANDARD =
      new Parameters(
          TILES_MAX * TILE_BYTES, Duration.ofSeconds(4), HOUR_SECONDS, false, Sealing.STANDARD);

  /// The values of a network on one machine.
  public static final Parameters LOCAL =
      new Parameters(
          TILES_MAX * TILE_BYTES, Duration.ofSeconds(1), HOUR_SECONDS, true, Sealing.LOCAL);

  public Parameters {
    Check.range(segmentBytes, TILE_BYTES, TILES_MAX * TILE_BYTES, "segment bytes");
    if (segmentBytes % TILE_BYTES != 0) {
      throw new IllegalArgumentException("segment bytes must be whole tiles");
    }
    Check.range(epoch.toMillis(), EPOCH_MIN_MILLIS, HOUR_SECONDS * 1000L, "epoch in ms");
    if (!epoch.equals(Duration.ofMillis(epoch.toMillis()))) {
      throw new IllegalArgumentException("epoch must be whole milliseconds");
    }
    Check.range(billingHourSeconds, 1, HOUR_SECONDS, "billing hour in s");
  }

  /// The same with another segment size.
  public Parameters withSegmentBytes(int changed) {
    return new Parameters(changed, epoch, billingHourSeconds, lan, sealing);
  }
}
