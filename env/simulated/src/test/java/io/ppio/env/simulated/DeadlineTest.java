package io.ppio.env.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.Clock;
import io.ppio.env.Deadline;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final class Hand implements Clock {
    private long nanos;

    Hand(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant wall() {
      return Instant.EPOCH;
    }

    @Override
    public void park(long untilNanos) {
      nanos = untilNanos;
    }
  }

  @Test
  void timeLeftShrinksToZero() {
    Hand clock = new Hand(5);
    Deadline deadline = clock.in(Duration.ofNanos(10));
    assertEquals(15, deadline.nanos());
    assertEquals(Duration.ofNanos(10), deadline.left());
    clock.nanos = 14;
    assertFalse(deadline.passed());
    clock.nanos = 15;
    assertTrue(deadline.passed());
    clock.nanos = 20;
    assertEquals(Duration.ZERO, deadline.left());
  }

  @Test
  void theOriginOfTheClockMayOverflow() {
    Hand clock = new Hand(Long.MAX_VALUE - 3);
    Deadline deadline = clock.in(Duration.ofNanos(10));
    assertFalse(deadline.passed());
    assertEquals(Duration.ofNanos(10), deadline.left());
    assertEquals(Duration.ofNanos(4), deadline.orWithin(Duration.ofNanos(4)).left());
    clock.nanos += 10;
    assertTrue(deadline.passed());
  }

  @Test
  void theEarlierOfTwoIsKept() {
    Hand clock = new Hand(0);
    Deadline deadline = clock.in(Duration.ofNanos(10));
    assertEquals(10, deadline.orWithin(Duration.ofNanos(11)).nanos());
    assertEquals(9, deadline.orWithin(Duration.ofNanos(9)).nanos());
  }
}
