package io.ppio.env;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// The values of all counters of `E`, each zero at first. Safe for use by any number of tasks;
/// counting allocates nothing and waits for nobody.
public final class Counters<E extends Enum<E> & Counter> {
  private final Map<E, AtomicLong> values;

  public Counters(Class<E> type) {
    this.values = new EnumMap<>(type);
    for (E counter : type.getEnumConstants()) {
      values.put(counter, new AtomicLong());
    }
  }

  private AtomicLong value(E counter) {
    return Objects.requireNonNull(values.get(counter));
  }

  /// Counts one more.
  public void count(E counter) {
    value(counter).incrementAndGet();
  }

  /// Counts `more`.
  public void add(E counter, long more) {
    value(counter).addAndGet(more);
  }

  /// Notes how things stand now.
  public void set(E counter, long value) {
    value(counter).set(value);
  }

  /// Every value by its label, in the order of the enum.
  public Map<String, Long> figures() {
    Map<String, Long> figures = new LinkedHashMap<>();
    values.forEach((counter, value) -> figures.put(counter.label(), value.get()));
    return figures;
  }
}
