package io.ppio.network.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// The values of [TransportCounter] for one node. Safe for use by any number of tasks.
public final class TransportMetrics {
  private final Map<TransportCounter, AtomicLong> values = new EnumMap<>(TransportCounter.class);

  TransportMetrics() {
    for (TransportCounter counter : TransportCounter.values()) {
      values.put(counter, new AtomicLong());
    }
  }

  private AtomicLong value(TransportCounter counter) {
    return Objects.requireNonNull(values.get(counter), "every counter has a value");
  }

  void count(TransportCounter counter) {
    value(counter).incrementAndGet();
  }

  /// The value of `counter`.
  public long get(TransportCounter counter) {
    return value(counter).get();
  }
}
