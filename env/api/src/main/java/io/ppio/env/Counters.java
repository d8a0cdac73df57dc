package io.ppio.env;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/// The values of all counters of `E`, each zero at first. Safe for use by any number of tasks;
/// counting allocates nothing and waits for nobody.
public final class Counters<E extends Enum<E> & Counter> {
  private final E[] counters;
  private final AtomicLongArray values;

  public Counters(Class<E> type) {
    this.counters = type.getEnumConstants();
    this.values = new AtomicLongArray(counters.length);
  }

  /// Counts one more.
  public void count(E counter) {
    values.incrementAndGet(counter.ordinal());
  }

  /// Notes how things stand now.
  public void set(E counter, long value) {
    values.set(counter.ordinal(), value);
  }

  /// The value of `counter`.
  public long get(E counter) {
    return values.get(counter.ordinal());
  }

  /// Every value by its label, in the order of the enum.
  public Map<String, Long> figures() {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (E counter : counters) {
      figures.put(counter.label(), get(counter));
    }
    return figures;
  }
}
