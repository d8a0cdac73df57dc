package io.ppio.incentive.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/// An object's state, which follows from those of its contracts (interface specification 3.1).
public enum ObjectState {
  /// No copy is available.
  BID(0, "Bid"),
  /// Some copies of some segments are available.
  PART_DEAL(1, "Part-Deal"),
  /// Every contracted copy is available.
  DEAL(2, "Deal"),
  /// Expiry is near, or passed with the settlement open.
  PENDING_END(3, "Pending-End"),
  /// Expired and settled, or terminated.
  END(4, "End");

  private final int code;
  private final String label;

  ObjectState(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /// When an object ends, as its state depends on it.
  ///
  /// @param window how long before `expires` an object counts as ending
  public record Ending(Instant expires, Duration window) {}

  /// The state of an object.
  ///
  /// @param contracts states of all its contracts; those hidden from clients count for nothing
  /// @param wanted segments times copies, at least 1
  public static ObjectState of(
      Collection<ContractState> contracts, int wanted, Ending ending, Instant now) {
    var shown = contracts.stream().filter(ContractState::isShown).toList();
    if (!shown.isEmpty() && shown.stream().allMatch(ContractState::isFinal)) {
      return END;
    }
    if (!now.isBefore(ending.expires().minus(ending.window()))) {
      return PENDING_END;
    }
    long available = shown.stream().filter(state -> state == ContractState.AVAILABLE).count();
    if (available == 0) {
      return BID;
    }
    return available >= wanted ? DEAL : PART_DEAL;
  }

  /// Its number in HeadObject.
  public int code() {
    return code;
  }

  /// Its name as printed.
  public String label() {
    return label;
  }
}
