package io.ppio.node.user.put;

import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Check;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Permits;
import java.util.ArrayDeque;

/// Memory for segments on their way: bounded, and reused where it is large.
///
/// A task that waits for a buffer holds none, so all get theirs in the end.
final class SegmentBuffers {
  /// Arrays smaller than this are left to the garbage collector, which is good at them.
  private static final int POOLED_MIN = 1 << 20;

  private final int segmentBytes;
  private final Permits bytes;
  private final Monitor monitor;
  private final ArrayDeque<byte[]> free = new ArrayDeque<>();

  /// @param segmentBytes of the longest segment
  /// @param segments how many of them there is room for
  SegmentBuffers(Clock clock, int segmentBytes, int segments) {
    this.segmentBytes = Check.positive(segmentBytes, "segmentBytes");
    this.bytes = new Permits(clock, (long) segmentBytes * segments);
    this.monitor = new Monitor(clock);
  }

  /// Room for whole tiles.
  final class Buffer {
    private final byte[] array;
    private final int size;

    private Buffer(byte[] array, int size) {
      this.array = array;
      this.size = size;
    }

    /// The memory; its content is arbitrary at first.
    byte[] array() {
      return array;
    }

    /// Gives it back; nobody may use it afterwards.
    void release() {
      if (array.length == segmentBytes && segmentBytes >= POOLED_MIN) {
        try (var _ = monitor.hold()) {
          free.push(array);
        }
      }
      bytes.release(size);
    }

    /// Gives the room back but not the memory, which a failed send may still read.
    void abandon() {
      bytes.release(size);
    }
  }

  /// Room for `tiles`, waiting for it.
  Buffer take(int tiles) throws InterruptedException {
    int size = tiles * Tile.SIZE;
    bytes.acquire(size);
    return new Buffer(size < POOLED_MIN ? new byte[size] : pooled(size), size);
  }

  private byte[] pooled(int size) {
    try (var _ = monitor.hold()) {
      // A half-empty pooled array beats allocating tens of megabytes for every last segment.
      byte[] array = free.poll();
      return array != null ? array : new byte[size];
    }
  }
}
