package io.ppio.consensus.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BeaconScheduleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aBeatHasBegunExactlyWhenItsTimeHasCome() {
    for (int places = 1; places <= 64; places++) {
      BeaconSchedule schedule = new BeaconSchedule(START, Duration.ofMillis(1001), places);
      for (int beat = 0; beat < schedule.beats(); beat++) {
        Instant due = schedule.beatOf(9, beat);
        assertEquals(beat, schedule.beatAt(9, due), places + " places");
        assertEquals(beat - 1, schedule.beatAt(9, due.minusNanos(1)), places + " places");
      }
    }
  }

  @Test
  void everyPlaceProposesFirstInTurn() {
    BeaconSchedule schedule = new BeaconSchedule(START, Duration.ofSeconds(4), 5);
    Set<Integer> first = new HashSet<>();
    for (long e = 11; e < 16; e++) {
      first.add(schedule.proposer(e, 0));
      for (int turn = 0; turn < schedule.turns(); turn++) {
        assertEquals(turn, schedule.turnOfPlace(e, schedule.proposer(e, turn)));
      }
    }
    assertEquals(5, first.size());
  }

  @Test
  void epochsBeginWithTheNetwork() {
    BeaconSchedule schedule = new BeaconSchedule(START, Duration.ofSeconds(4), 1);
    assertEquals(0, schedule.epochAt(START.minusSeconds(100)));
    assertEquals(0, schedule.epochAt(START.plusMillis(3999)));
    assertEquals(1, schedule.epochAt(START.plusMillis(4000)));
    assertEquals(START.plusSeconds(8), schedule.startOf(2));
  }
}
