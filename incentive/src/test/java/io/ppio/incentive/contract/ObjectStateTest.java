package io.ppio.incentive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectStateTest {
  private static final Instant EXPIRES = Instant.EPOCH.plus(Duration.ofDays(100));
  private static final ObjectState.Ending ENDING =
      new ObjectState.Ending(EXPIRES, Duration.ofHours(24));
  private static final Instant EARLY = Instant.EPOCH;

  private static ObjectState of(Instant now, int wanted, List<ContractState> contracts) {
    return ObjectState.of(contracts, wanted, ENDING, now);
  }

  private static List<ContractState> available(int a, int n) {
    List<ContractState> states = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      states.add(i < a ? ContractState.AVAILABLE : ContractState.PENDING);
    }
    return states;
  }

  @Test
  void followsTheNumberOfAvailableCopies() {
    for (int n = 1; n < 8; n++) {
      for (int a = 0; a <= n; a++) {
        ObjectState expected =
            a == 0 ? ObjectState.BID : a == n ? ObjectState.DEAL : ObjectState.PART_DEAL;
        assertEquals(expected, of(EARLY, n, available(a, n)));
      }
    }
  }

  @Test
  void anObjectWithoutMatchesIsABid() {
    assertEquals(ObjectState.BID, of(EARLY, 3, List.of()));
  }

  @Test
  void segmentsThatAreNotMatchedKeepItPartial() {
    assertEquals(ObjectState.PART_DEAL, of(EARLY, 4, available(3, 3)));
  }

  @Test
  void endsWithinTheWindowBeforeExpiry() {
    Instant begin = EXPIRES.minus(Duration.ofHours(24));
    assertEquals(ObjectState.DEAL, of(begin.minusNanos(1), 2, available(2, 2)));
    assertEquals(ObjectState.PENDING_END, of(begin, 2, available(2, 2)));
    assertEquals(
        ObjectState.PENDING_END, of(EXPIRES.plusSeconds(1), 1, List.of(ContractState.EXPIRED)));
  }

  @Test
  void isOverWhenAllOfItIs() {
    var over = List.of(ContractState.TERMINATED, ContractState.ENDED);
    assertEquals(ObjectState.END, of(EARLY, 2, over));
    assertEquals(
        ObjectState.PART_DEAL,
        of(EARLY, 2, List.of(ContractState.TERMINATED, ContractState.AVAILABLE)));
  }

  @Test
  void replacedContractsCountForNothing() {
    assertEquals(
        ObjectState.DEAL, of(EARLY, 1, List.of(ContractState.REPLACED, ContractState.AVAILABLE)));
  }

  @Test
  void namesAndNumbersAreThoseOfTheInterface() {
    assertEquals(
        List.of("0 Bid", "1 Part-Deal", "2 Deal", "3 Pending-End", "4 End"),
        List.of(ObjectState.values()).stream().map(s -> s.code() + " " + s.label()).toList());
  }
}
