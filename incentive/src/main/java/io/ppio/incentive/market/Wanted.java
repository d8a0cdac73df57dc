package io.ppio.incentive.market;

import io.ppio.incentive.contract.SegmentOrder;
import java.util.List;

/// Copies of one segment that need a miner.
///
/// @param copies how many, at least 1; fewer than ordered where some are placed
/// @param holders sites of the copies that are placed, and of miners that lost one
public record Wanted(SegmentOrder order, int copies, List<Site> holders) {
  public Wanted {
    holders = List.copyOf(holders);
    io.ppio.env.Check.positive(copies, "copies");
  }
}
