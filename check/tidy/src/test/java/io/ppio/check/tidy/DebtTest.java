package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DebtTest {
  private static final Finding MET =
      new Finding("data/A.java", 3, "a -> b: in a cycle, through A -> B");

  private static List<String> check(Set<String> known, Finding... findings) {
    return new Debt("cycles", known)
        .check(List.of(findings)).stream().map(Finding::toString).toList();
  }

  @Test
  void whatIsOnTheListIsExcusedWhereverItStands() {
    assertEquals(List.of(), check(Set.of("a -> b"), MET));
    assertEquals(List.of(), check(Set.of("a -> b"), new Finding("env/A.java", 9, "a -> b: new")));
  }

  @Test
  void whatIsNotOnTheListIsFound() {
    assertEquals(List.of(MET.toString()), check(Set.of(), MET));
  }

  @Test
  void whatIsPaidLeavesTheList() {
    assertEquals(
        List.of("debt/cycles.txt:1: 'b -> a' is paid: take it off the list"),
        check(Set.of("a -> b", "b -> a"), MET));
  }

  @Test
  void aRuleWithoutAListOwesNothing() throws IOException {
    assertEquals(Set.of(), Debt.of("no-such-rule").known());
  }
}
