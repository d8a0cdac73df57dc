package io.ppio.env.simulated;

import io.ppio.env.Check;
import java.time.Duration;

/// How the world behaves where the seed alone does not say it. Every fault is a named probability.
///
/// @param links how links carry bytes
/// @param linkFaults what goes wrong with them
/// @param disks how long disks take and what they hold
/// @param diskFaults what goes wrong with them
public record SimConfig(
    LinkModel links, LinkFaults linkFaults, DiskModel disks, DiskFaults diskFaults) {
  /// A calm world: 1 Gbit/s links of 0.5 to 1 ms, quick disks, no faults but those the script
  /// makes.
  public static SimConfig calm() {
    return new SimConfig(
        LinkModel.standard(), LinkFaults.none(), DiskModel.standard(), DiskFaults.crashesOnly());
  }

  /// A rough world: what the links do wrong happens often.
  public static SimConfig rough() {
    return calm().with(LinkFaults.rough());
  }

  public SimConfig with(LinkModel model) {
    return new SimConfig(model, linkFaults, disks, diskFaults);
  }

  public SimConfig with(LinkFaults faults) {
    return new SimConfig(links, faults, disks, diskFaults);
  }

  public SimConfig with(DiskModel model) {
    return new SimConfig(links, linkFaults, model, diskFaults);
  }

  public SimConfig with(DiskFaults faults) {
    return new SimConfig(links, linkFaults, disks, faults);
  }

  /// How links carry bytes.
  ///
  /// @param latency time from node to node, each way, unless the script sets another for a pair
  /// @param jitter added to it, from nothing to this much
  /// @param bytesPerSecond rate of each node's access link, each way, unless the script sets
  ///   another
  /// @param bufferBytes bytes of one direction of a link that are written and not yet read; a
  ///   writer waits beyond it
  /// @param proveKeys whether links really sign and verify; without, keys are taken on trust and
  ///   large worlds run faster
  public record LinkModel(
      Duration latency, Duration jitter, long bytesPerSecond, int bufferBytes, boolean proveKeys) {
    public LinkModel {
      Check.that(!latency.isNegative() && !jitter.isNegative(), "times must not be negative");
      Check.range(bytesPerSecond, 1, Long.MAX_VALUE, "bytesPerSecond");
      Check.positive(bufferBytes, "bufferBytes");
    }

    /// A local network: 0.5 ms and up to as much again, 1 Gbit/s, 256 KiB, keys proven.
    public static LinkModel standard() {
      return new LinkModel(
          Duration.ofNanos(500_000), Duration.ofNanos(500_000), 125_000_000, 256 << 10, true);
    }

    public LinkModel withLatency(Duration changed) {
      return new LinkModel(changed, jitter, bytesPerSecond, bufferBytes, proveKeys);
    }

    public LinkModel withJitter(Duration changed) {
      return new LinkModel(latency, changed, bytesPerSecond, bufferBytes, proveKeys);
    }

    public LinkModel withBytesPerSecond(long changed) {
      return new LinkModel(latency, jitter, changed, bufferBytes, proveKeys);
    }

    public LinkModel withBufferBytes(int changed) {
      return new LinkModel(latency, jitter, bytesPerSecond, changed, proveKeys);
    }

    public LinkModel withProveKeys(boolean changed) {
      return new LinkModel(latency, jitter, bytesPerSecond, bufferBytes, changed);
    }
  }

  /// What goes wrong with links; probabilities of 0 to 1.
  ///
  /// @param delay that a chunk (up to 64 KiB) is held up by 10 ms to 1 s, and all behind it
  /// @param loss that a chunk is lost for good: its link stalls and breaks at both ends within 5 s
  /// @param reorder that a chunk is held up by up to four latencies, so that other links overtake
  ///   it
  /// @param duplicate that opening a link opens a second one, whose dialler has given up already
  /// @param partition that in a second of virtual time the nodes fall into two halves for 1 to 10 s
  public record LinkFaults(
      double delay, double loss, double reorder, double duplicate, double partition) {
    public LinkFaults {
      probability(delay, "delay");
      probability(loss, "loss");
      probability(reorder, "reorder");
      probability(duplicate, "duplicate");
      probability(partition, "partition");
    }

    public static LinkFaults none() {
      return new LinkFaults(0, 0, 0, 0, 0);
    }

    /// One chunk in a hundred delayed, one in a thousand lost, one in ten overtaken, one connection
    /// in twenty doubled, a partition every 50 s.
    public static LinkFaults rough() {
      return new LinkFaults(0.01, 0.001, 0.1, 0.05, 0.02);
    }
  }

  /// How long disks take and what they hold.
  ///
  /// @param operation longest time of a read, write, rename; at least a tenth of it
  /// @param force longest time of a force or a synced commit; at least a tenth of it
  /// @param capacityBytes what a node's disk holds
  public record DiskModel(Duration operation, Duration force, long capacityBytes) {
    public DiskModel {
      Check.range(operation.toNanos(), 1, Long.MAX_VALUE, "operation");
      Check.range(force.toNanos(), 1, Long.MAX_VALUE, "force");
      Check.range(capacityBytes, 0, Long.MAX_VALUE, "capacityBytes");
    }

    /// 100 µs, 2 ms, 1 TiB.
    public static DiskModel standard() {
      return new DiskModel(Duration.ofNanos(100_000), Duration.ofMillis(2), 1L << 40);
    }
  }

  /// What goes wrong with disks; probabilities of 0 to 1.
  ///
  /// @param crashReorder that a crash keeps any of the unforced operations instead of the first few
  /// @param tornWrite that a write that survives a crash does so up to some 512-byte sector only
  /// @param flippedBit that a write flips one bit of what it wrote
  /// @param ioError that an operation fails with an [java.io.IOException] and no effect
  public record DiskFaults(
      double crashReorder, double tornWrite, double flippedBit, double ioError) {
    public DiskFaults {
      probability(crashReorder, "crashReorder");
      probability(tornWrite, "tornWrite");
      probability(flippedBit, "flippedBit");
      probability(ioError, "ioError");
    }

    /// Half of the crashes reorder; nothing else goes wrong.
    public static DiskFaults crashesOnly() {
      return new DiskFaults(0.5, 0, 0, 0);
    }
  }

  private static void probability(double value, String name) {
    Check.that(value >= 0 && value <= 1, name + " must be in 0..1, not " + value);
  }
}
