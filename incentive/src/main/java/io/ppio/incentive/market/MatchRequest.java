package io.ppio.incentive.market;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import java.util.List;
import java.util.Map;

/// Orders to be matched together, and what their batch has placed before.
///
/// @param wanted of one batch, in segment order
/// @param placed segments of the batch that were matched before, and how many of them each miner
///   holds
/// @param near miners that the user would like, nearest first
/// @param beacon B(h): orders what ranks alike
public record MatchRequest(List<Wanted> wanted, Placed placed, List<Account> near, Hash beacon) {
  /// What a batch has placed.
  ///
  /// @param segments number of its segments
  /// @param held how many of them each miner holds a copy of
  public record Placed(int segments, Map<Account, Integer> held) {
    public Placed {
      held = Map.copyOf(held);
    }
  }

  public MatchRequest {
    wanted = List.copyOf(wanted);
    near = List.copyOf(near);
  }
}
