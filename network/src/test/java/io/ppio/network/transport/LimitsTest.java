package io.ppio.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rates and bans, with time as a number.
class LimitsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE = 60 * SECOND;
  private static final Optional<Duration> NO = Optional.empty();

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
    BanLadder ladder = new BanLadder();
    for (int i = 0; i < 4; i++) {
      assertEquals(NO, ladder.add(2, i * MINUTE));
    }
    assertEquals(NO, ladder.add(2, 10 * MINUTE + SECOND), "the first two are forgotten");
    assertEquals(Optional.of(Duration.ofMinutes(10)), ladder.add(2, 10 * MINUTE + SECOND));
    assertTrue(ladder.banned(20 * MINUTE));
    assertFalse(ladder.banned(20 * MINUTE + SECOND));
    assertFalse(ladder.clean(21 * MINUTE));
    assertTrue(ladder.clean(Duration.ofDays(2).toNanos()));
  }

  @Test
  void theThirdBanWithinADayLastsADay() {
    BanLadder ladder = new BanLadder();
    long hour = 60 * MINUTE;
    assertEquals(Optional.of(Duration.ofMinutes(10)), ladder.add(10, 0));
    assertEquals(Optional.of(Duration.ofMinutes(10)), ladder.add(10, hour));
    assertEquals(Optional.of(Duration.ofDays(1)), ladder.add(10, 2 * hour));
    assertTrue(ladder.banned(25 * hour));
  }
}
