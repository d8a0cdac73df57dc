package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ppio.env.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void aPauseDoublesUpToItsBound() {
    var first = new Backoff(millis(200), millis(500));
    assertEquals(millis(400), first.next().pause());
    assertEquals(millis(500), first.next().next().pause());
    assertEquals(millis(500), first.next().next().next().pause());
  }

  @Test
  void aPauseThatShrinksOrIsNoneIsRefused() {
    assertThrows(IllegalStateException.class, () -> new Backoff(millis(2), millis(1)));
    assertThrows(IllegalStateException.class, () -> new Backoff(millis(0), millis(1)));
  }
}
