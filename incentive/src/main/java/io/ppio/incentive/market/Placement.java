package io.ppio.incentive.market;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The miners of one order, in the order of copies.
///
/// @param wanted copies that were asked for
/// @param miners at most as many, all different
/// @param refused how many of the other miners broke which rule first when the last copy was looked
///   for; empty when none is missing
public record Placement(int wanted, List<Candidate> miners, Map<Rule, Integer> refused) {
  public Placement {
    miners = List.copyOf(miners);
    refused = refused.isEmpty() ? Map.of() : new EnumMap<>(refused);
  }

  /// Whether no copy is missing.
  public boolean isComplete() {
    return miners.size() == wanted;
  }

  /// Why copies are missing, with the numbers of both sides; empty when none is.
  public String shortfall() {
    if (isComplete()) {
      return "";
    }
    int others = refused.values().stream().mapToInt(Integer::intValue).sum();
    String why =
        others == 0
            ? "there is no other miner"
            : refused.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().words())
                .collect(Collectors.joining(", ", "of " + others + " other miners ", ""));
    return "%d of %d copies placed: %s".formatted(miners.size(), wanted, why);
  }
}
