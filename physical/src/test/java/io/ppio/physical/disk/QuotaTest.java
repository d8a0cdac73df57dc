package io.ppio.physical.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.physical.disk.Quota.Use;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private final Quota quota = new Quota(100);

  @Test
  void isOneLimitForAllUses() {
    assertTrue(quota.take(Use.PLOT, 60));
    assertTrue(quota.take(Use.STAGING, 40));
    assertFalse(quota.take(Use.METADATA, 1));
    quota.give(Use.PLOT, 60);
    assertTrue(quota.take(Use.METADATA, 60));
    assertEquals(40, quota.used(Use.STAGING));
    assertEquals(0, quota.free());
  }

  @Test
  void isNotFooledByHugeRequests() {
    assertTrue(quota.take(Use.PLOT, 1));
    assertFalse(quota.take(Use.PLOT, Long.MAX_VALUE));
    assertEquals(99, quota.free());
  }

  @Test
  void grantsNothingWhileWhatIsThereExceedsIt() {
    quota.charge(Use.STAGING, 150);
    assertEquals(0, quota.free());
    assertFalse(quota.take(Use.STAGING, 1));
    quota.give(Use.STAGING, 60);
    assertTrue(quota.take(Use.STAGING, 10));
  }

  @Test
  void takesBackNoMoreThanItGave() {
    assertTrue(quota.take(Use.PLOT, 10));
    assertThrows(IllegalStateException.class, () -> quota.give(Use.PLOT, 11));
    assertThrows(IllegalStateException.class, () -> quota.give(Use.STAGING, 1));
  }
}
