package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Rates and bans, with time as a number.
class LimitsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE = 60 * SECOND;

  @Test
  void aBucketGivesItsBurstAtOnceAndThenItsRate() {
    TokenBucket bucket = new TokenBucket(10, 3, 0);
    for (int i = 0; i < 3; i++) {
      assertEquals(0, bucket.take(0));
    }
    assertEquals(SECOND / 10, bucket.take(0));
    assertEquals(SECOND / 20, bucket.take(SECOND / 20));
    assertEquals(0, bucket.take(SECOND / 10));
    assertEquals(SECOND / 10, bucket.take(SECOND / 10));
  }

  @Test
  void aBucketHoldsNoMoreThanItsBurstHoweverLongItWaits() {
    TokenBucket bucket = new TokenBucket(1_000_000, 2, Long.MIN_VALUE);
    assertEquals(0, bucket.take(Long.MIN_VALUE + Duration.ofDays(1000).toNanos()));
    long later = Long.MIN_VALUE + Duration.ofDays(2000).toNanos();
    assertEquals(0, bucket.take(later));
    assertEquals(0, bucket.take(later));
    assertTrue(bucket.take(later) > 0);
  }

  @Test
  void tenPointsWithinTenMinutesKeepAPeerOutForTenMinutes() {
    BanLadder ladder = BanLadder.CLEAN;
    for (int i = 0; i < 4; i++) {
      ladder = ladder.add(2, i * MINUTE);
      assertFalse(ladder.banned(i * MINUTE));
    }
    ladder = ladder.add(2, 10 * MINUTE + SECOND);
    assertFalse(ladder.banned(10 * MINUTE + SECOND), "the first two are forgotten");
    ladder = ladder.add(2, 10 * MINUTE + SECOND);
    assertEquals(Duration.ofMinutes(10), ladder.left(10 * MINUTE + SECOND));
    assertTrue(ladder.banned(20 * MINUTE));
    assertFalse(ladder.banned(20 * MINUTE + SECOND));
    assertFalse(ladder.clean(21 * MINUTE));
    assertTrue(ladder.clean(Duration.ofDays(2).toNanos()));
  }

  @Test
  void theThirdBanWithinADayLastsADay() {
    long hour = 60 * MINUTE;
    BanLadder ladder = BanLadder.CLEAN.add(10, 0);
    assertEquals(Duration.ofMinutes(10), ladder.left(0));
    ladder = ladder.add(10, hour);
    assertEquals(Duration.ofMinutes(10), ladder.left(hour));
    ladder = ladder.add(10, 2 * hour);
    assertEquals(Duration.ofDays(1), ladder.left(2 * hour));
    assertTrue(ladder.banned(25 * hour));
  }
}
