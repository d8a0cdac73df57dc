package io.ppio.env.simulated;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// How often each fault came true in a world.
public final class FaultCounters {
  /// A thing that goes wrong by chance; see [SimConfig.LinkFaults] and [SimConfig.DiskFaults].
  public enum Fault {
    DELAY(1),
    LOSS(2),
    REORDER(3),
    DUPLICATE(4),
    PARTITION(5),
    /// An unforced write, name change or store batch that a crash lost.
    LOST_WRITE(6),
    TORN_WRITE(7),
    FLIPPED_BIT(8),
    IO_ERROR(9);

    private final int code;

    Fault(int code) {
      this.code = code;
    }

    /// What stands in the trace.
    int code() {
      return code;
    }
  }

  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

  FaultCounters() {}

  void count(Fault fault) {
    counts.merge(fault, 1L, Long::sum);
  }

  /// How often `fault` came true.
  public long of(Fault fault) {
    return counts.getOrDefault(fault, 0L);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    for (Fault fault : Fault.values()) {
      text.add(fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "=" + of(fault));
    }
    return text.toString();
  }
}
