package io.ppio.env.simulated;

import java.util.function.IntToLongFunction;

/// What one crash does to changes that were not forced.
///
/// An ordered crash keeps all changes of the disk up to some moment, as a journal does; a
/// reordering one keeps or loses each by itself, as caches that write back at will do.
final class Crash {
  private static final int SECTOR_BYTES = 512;

  private final SeededRandom random;
  private final SimConfig.DiskFaults faults;
  private final boolean reorders;
  private final long lastKept;
  private int lost;
  private int torn;

  /// @param oldest the sequence number of the oldest change that was not forced
  /// @param next that of the change that did not come any more
  Crash(SeededRandom random, SimConfig.DiskFaults faults, long oldest, long next) {
    this.random = random;
    this.faults = faults;
    this.reorders = random.happens(faults.crashReorder());
    this.lastKept = oldest - 1 + random.upTo(next - oldest);
  }

  /// Whether the change `sequence` is kept.
  boolean keeps(long sequence) {
    boolean kept = reorders ? random.nextBoolean() : sequence <= lastKept;
    lost += kept ? 0 : 1;
    return kept;
  }

  /// How many of `count` changes that can only be kept from the first on are, given that the one at
  /// `index` has sequence number `sequenceAt(index)`.
  int keptOf(int count, IntToLongFunction sequenceAt) {
    int kept = 0;
    if (reorders) {
      kept = (int) random.upTo(count);
    } else {
      while (kept < count && sequenceAt.applyAsLong(kept) <= lastKept) {
        kept++;
      }
    }
    lost += count - kept;
    return kept;
  }

  /// How many of the `length` bytes of a kept write at `position` are.
  int keptBytes(long position, int length) {
    if (!random.happens(faults.tornWrite())) {
      return length;
    }
    torn++;
    long end = (position + random.upTo(length)) / SECTOR_BYTES * SECTOR_BYTES;
    return (int) Math.max(0, end - position);
  }

  int lost() {
    return lost;
  }

  int torn() {
    return torn;
  }
}
