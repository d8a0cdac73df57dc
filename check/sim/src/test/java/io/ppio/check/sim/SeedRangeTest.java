package io.ppio.check.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeedRangeTest {
  @Test
  void isTwoNumbersWithDotsBetweenOrOne() {
    assertEquals(Optional.of(new SeedRange(1, 500)), SeedRange.parse("1..500"));
    assertEquals(Optional.of(new SeedRange(0, 0)), SeedRange.parse("0"));
    assertEquals(500, new SeedRange(1, 500).count());
    assertEquals("7..9", new SeedRange(7, 9).toString());
  }

  @Test
  void nothingElseIsARange() {
    for (String text :
        new String[] {
          "", "..", "1..", "..2", "2..1", "-1", "1...3", "1-3", "x", "1..99999999999999999999"
        }) {
      assertEquals(Optional.empty(), SeedRange.parse(text), text);
    }
  }
}
