package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.env.Counter;
import io.ppio.env.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {
  private enum Fruit implements Counter {
    APPLES_EATEN,
    PEARS;

    @Override
    public String unit() {
      return "pieces";
    }

    @Override
    public String meaning() {
      return "of the harvest";
    }
  }

  private final Counters<Fruit> counters = new Counters<>(Fruit.class);

  @Test
  void everyFigureIsThereFromTheStartInTheOrderOfTheEnum() {
    assertEquals(
        List.of(Map.entry("apples-eaten", 0L), Map.entry("pears", 0L)),
        List.copyOf(counters.figures().entrySet()));
  }

  @Test
  void countsAddUpAndMeasurementsReplace() {
    counters.count(Fruit.APPLES_EATEN);
    counters.count(Fruit.APPLES_EATEN);
    counters.set(Fruit.PEARS, 7);
    counters.set(Fruit.PEARS, 5);
    assertEquals(Map.of("apples-eaten", 2L, "pears", 5L), counters.figures());
  }

  @Test
  void noCountOfManyTasksIsLost() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int k = 0; k < 10_000; k++) {
              counters.count(Fruit.PEARS);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(40_000, counters.figures().get(Fruit.PEARS.label()));
  }
}
