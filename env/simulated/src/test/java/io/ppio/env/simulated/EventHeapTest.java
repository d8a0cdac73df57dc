package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.simulated.fixtures.Seeds;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

class EventHeapTest {
  private static final class Nothing extends SimEvent {
    Nothing(long timeNanos, long sequence) {
      this.timeNanos = timeNanos;
      this.sequence = sequence;
    }

    @Override
    void fire() {}
  }

  @Seeds(20)
  void givesTheEarliestWhateverIsAddedAndRemoved(RandomGenerator random) {
    EventHeap heap = new EventHeap();
    TreeSet<SimEvent> model =
        new TreeSet<>(
            Comparator.<SimEvent>comparingLong(event -> event.timeNanos)
                .thenComparingLong(event -> event.sequence));
    for (int step = 0; step < 10_000; step++) {
      if (model.isEmpty() || random.nextInt(5) < 3) {
        SimEvent event = new Nothing(random.nextInt(500), step);
        heap.add(event);
        model.add(event);
      } else {
        SimEvent first = model.first();
        SimEvent any = model.ceiling(new Nothing(random.nextInt(500), 0));
        SimEvent removed = any == null || random.nextBoolean() ? first : any;
        heap.remove(removed);
        heap.remove(removed);
        model.remove(removed);
      }
      assertEquals(model.size(), heap.size());
      assertSame(model.isEmpty() ? null : model.first(), heap.peek());
    }
    heap.clear();
    assertTrue(heap.isEmpty());
  }
}
