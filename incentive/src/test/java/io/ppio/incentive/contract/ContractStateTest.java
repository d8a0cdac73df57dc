package io.ppio.incentive.contract;

import static io.ppio.incentive.contract.ContractState.AVAILABLE;
import static io.ppio.incentive.contract.ContractState.CANCELLED;
import static io.ppio.incentive.contract.ContractState.ENDED;
import static io.ppio.incentive.contract.ContractState.EXPIRED;
import static io.ppio.incentive.contract.ContractState.FAILED;
import static io.ppio.incentive.contract.ContractState.PENDING;
import static io.ppio.incentive.contract.ContractState.REPLACED;
import static io.ppio.incentive.contract.ContractState.SUSPECT;
import static io.ppio.incentive.contract.ContractState.TERMINATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.incentive.contract.ContractState.Effect;
import io.ppio.incentive.contract.ContractState.Event;
import io.ppio.incentive.contract.ContractState.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every row of the table in [ContractState], and that no other pair changes anything.
class ContractStateTest {
  record Row(ContractState in, Event on, Step step) {}

  private static final List<Event> EVENTS =
      List.of(
          new Event.Activated(),
          new Event.Unproven(),
          new Event.EndedByUser(true),
          new Event.EndedByUser(false),
          new Event.Missed(),
          new Event.Proven(),
          new Event.Lost(),
          new Event.Expired(true),
          new Event.Expired(false),
          new Event.Replaced(),
          new Event.Settled());

  private static Row row(ContractState in, Event on, ContractState to, Effect... effects) {
    return new Row(in, on, new Step(to, List.of(effects)));
  }

  private static final List<Row> TABLE =
      List.of(
          row(PENDING, new Event.Activated(), AVAILABLE),
          row(PENDING, new Event.Unproven(), CANCELLED, Effect.DROP_COPY, Effect.PLACE_AGAIN),
          unpaid(new Event.EndedByUser(true), Effect.SERVICE_TO_MINER),
          unpaid(new Event.EndedByUser(false), Effect.SERVICE_TO_USER),
          unpaid(new Event.Expired(true), Effect.SERVICE_TO_MINER),
          unpaid(new Event.Expired(false), Effect.SERVICE_TO_USER),
          row(PENDING, new Event.Lost(), FAILED, Effect.PLACE_AGAIN),
          row(AVAILABLE, new Event.Missed(), SUSPECT),
          row(AVAILABLE, new Event.Lost(), FAILED, Effect.PLACE_AGAIN),
          row(SUSPECT, new Event.Proven(), AVAILABLE),
          row(SUSPECT, new Event.Missed(), FAILED, Effect.PLACE_AGAIN),
          row(SUSPECT, new Event.Lost(), FAILED, Effect.PLACE_AGAIN),
          row(FAILED, new Event.Replaced(), REPLACED, Effect.DROP_COPY),
          expired(FAILED, ENDED, true),
          expired(FAILED, ENDED, false),
          row(EXPIRED, new Event.Settled(), ENDED),
          ended(AVAILABLE, true),
          ended(AVAILABLE, false),
          ended(SUSPECT, true),
          ended(SUSPECT, false),
          ended(FAILED, true),
          ended(FAILED, false),
          expired(AVAILABLE, EXPIRED, true),
          expired(AVAILABLE, EXPIRED, false),
          expired(SUSPECT, EXPIRED, true),
          expired(SUSPECT, EXPIRED, false));

  private static Row ended(ContractState in, boolean sealCommitted) {
    var on = new Event.EndedByUser(sealCommitted);
    return row(in, on, TERMINATED, Effect.DROP_COPY, Effect.SETTLE);
  }

  private static Row expired(ContractState in, ContractState to, boolean sealCommitted) {
    return row(in, new Event.Expired(sealCommitted), to, Effect.DROP_COPY, Effect.SETTLE);
  }

  private static Row unpaid(Event on, Effect service) {
    return row(PENDING, on, CANCELLED, Effect.DROP_COPY, Effect.RETURN_PREPAID, service);
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void leadsWhereTheTableSays(Row row) {
    assertEquals(row.step(), row.in().on(row.on()));
  }

  @Test
  void everyOtherPairChangesNothing() {
    Set<List<Object>> rows = new HashSet<>();
    TABLE.forEach(row -> rows.add(List.of(row.in(), row.on())));
    for (ContractState state : ContractState.values()) {
      for (Event event : EVENTS) {
        if (!rows.contains(List.of(state, event))) {
          assertEquals(new Step(state, List.of()), state.on(event), state + " " + event);
        }
      }
    }
  }

  @Test
  void numbersAreFixed() {
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
        List.of(ContractState.values()).stream().map(ContractState::code).toList());
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6), List.of(Effect.values()).stream().map(Effect::code).toList());
  }

  @Test
  void clientsSeeTheDocumentedNames() {
    assertEquals("SC_PENDING", PENDING.shown().name());
    assertEquals("SC_AVAILABLE", AVAILABLE.shown().name());
    assertEquals("SC_UNAVAILABLE", SUSPECT.shown().name());
    assertEquals("SC_UNAVAILABLE", FAILED.shown().name());
    assertEquals("SC_PENDING_END", EXPIRED.shown().name());
    assertEquals("SC_END", TERMINATED.shown().name());
  }
}
