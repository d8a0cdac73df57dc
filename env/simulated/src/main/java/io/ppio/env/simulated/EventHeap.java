package io.ppio.env.simulated;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Events ordered by time, then sequence.
///
/// A binary heap in which each event knows its place, so that the many deadlines that never come
/// true are removed in O(log n) when their wait ends instead of piling up.
final class EventHeap {
  private @Nullable SimEvent[] heap = new SimEvent[1024];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /// The earliest event, or null when empty.
  @Nullable SimEvent peek() {
    return heap[0];
  }

  void add(SimEvent event) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    size++;
    siftUp(size - 1, event);
  }

  /// Removes `event` if it is in the heap.
  void remove(SimEvent event) {
    int at = event.place;
    if (at == SimEvent.NOWHERE) {
      return;
    }
    event.place = SimEvent.NOWHERE;
    size--;
    SimEvent last = entry(size);
    heap[size] = null;
    if (at == size) {
      return;
    }
    if (at > 0 && last.isBefore(entry((at - 1) >>> 1))) {
      siftUp(at, last);
    } else {
      siftDown(at, last);
    }
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      entry(i).place = SimEvent.NOWHERE;
      heap[i] = null;
    }
    size = 0;
  }

  private void siftUp(int from, SimEvent event) {
    int at = from;
    while (at > 0) {
      int up = (at - 1) >>> 1;
      SimEvent parent = entry(up);
      if (!event.isBefore(parent)) {
        break;
      }
      put(at, parent);
      at = up;
    }
    put(at, event);
  }

  private void siftDown(int from, SimEvent event) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && entry(child + 1).isBefore(entry(child))) {
        child++;
      }
      if (!entry(child).isBefore(event)) {
        break;
      }
      put(at, entry(child));
      at = child;
    }
    put(at, event);
  }

  private void put(int at, SimEvent event) {
    heap[at] = event;
    event.place = at;
  }

  private SimEvent entry(int at) {
    return Objects.requireNonNull(heap[at]);
  }
}
