package io.ppio.incentive.market;

import io.ppio.env.Check;

/// What a network asks of every match.
///
/// @param sharePercent of an object's segments that one miner should hold at most, 1 to 100
/// @param backlogMaxMillis longer than this nobody waits for a copy to be sealed: half the time in
///   which a copy must be proven
/// @param reputationMin 0 to 1
/// @param hourSeconds length of a billing hour
public record MatchRules(
    int sharePercent, long backlogMaxMillis, double reputationMin, long hourSeconds) {
  /// Those of the specification.
  public static MatchRules standard(long hourSeconds) {
    return new MatchRules(50, 3_600_000, 0.3, hourSeconds);
  }

  public MatchRules {
    Check.range(sharePercent, 1, 100, "share");
    Check.range(backlogMaxMillis, 1, Long.MAX_VALUE, "backlog");
    Check.range(hourSeconds, 1, 3_600, "billing hour");
  }
}
