package io.ppio.env;

import java.util.ArrayDeque;
import java.util.Optional;

/// A bounded queue between tasks. Closing it lets readers drain what is there and then see the end.
public final class Mailbox<T> {
  private final Monitor monitor;
  private final int capacity;
  private final ArrayDeque<T> items = new ArrayDeque<>();
  private boolean closed;

  /// @param capacity messages held at most; writers wait, or are refused, beyond it
  public Mailbox(Clock clock, int capacity) {
    this.monitor = new Monitor(clock);
    this.capacity = Check.positive(capacity, "capacity");
  }

  /// Adds `item`, waiting while full.
  ///
  /// @return false when the mailbox is closed; the item is not added then
  public boolean put(T item) throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!closed && items.size() == capacity) {
        monitor.await();
      }
      return add(item);
    }
  }

  /// Adds `item` if there is room now.
  public boolean offer(T item) {
    try (var _ = monitor.hold()) {
      return items.size() < capacity && add(item);
    }
  }

  private boolean add(T item) {
    if (closed) {
      return false;
    }
    items.add(item);
    monitor.signalAll();
    return true;
  }

  /// Takes the oldest item, waiting for one; empty when closed and drained.
  public Optional<T> take() throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!closed && items.isEmpty()) {
        monitor.await();
      }
      return remove();
    }
  }

  /// Takes the oldest item, waiting until `deadline`; empty when none came, or closed and drained.
  public Optional<T> take(Deadline deadline) throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!closed && items.isEmpty() && !deadline.passed()) {
        monitor.await(deadline);
      }
      return remove();
    }
  }

  private Optional<T> remove() {
    T item = items.poll();
    if (item == null) {
      return Optional.empty();
    }
    monitor.signalAll();
    return Optional.of(item);
  }

  /// Refuses further items. Idempotent.
  public void close() {
    try (var _ = monitor.hold()) {
      closed = true;
      monitor.signalAll();
    }
  }
}
