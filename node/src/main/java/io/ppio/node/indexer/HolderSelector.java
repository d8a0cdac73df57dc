package io.ppio.node.indexer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.contract.Terms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which copies of a segment are shown when there are more than an answer can name.
///
/// Nobody checks that a chunk hash and the plain root beside it belong together before somebody has
/// the bytes, so anyone may order a victim's chunk hash with another root, and have it acknowledged
/// by a miner of its own. Such copies shall not push out the real ones. First come the copies of
/// the account that the asking peer speaks for. The others take turns by (plain root, user), the
/// one that was matched first at the head: whoever learns a chunk hash from its order comes later.
/// Inside a turn proven copies come first. Pure.
final class HolderSelector {
  private static final Comparator<ContractEntry> BEST_FIRST =
      Comparator.comparing((ContractEntry entry) -> entry.state() != ContractState.AVAILABLE)
          .thenComparingLong(entry -> entry.notes().matchedSeconds())
          .thenComparingInt(entry -> entry.copy())
          .thenComparing(ContractEntry::id);

  /// Copies of a segment that one answer names.
  private static final int SHOWN = Terms.COPIES_MAX;

  private record Origin(Hash plainRoot, Account user) {}

  private HolderSelector() {}

  /// Those of `copies` that are shown, best first.
  static List<ContractEntry> of(Collection<ContractEntry> copies, Optional<Account> asking) {
    List<ContractEntry> chosen = new ArrayList<>();
    Map<Origin, List<ContractEntry>> others = new LinkedHashMap<>();
    copies.stream()
        .sorted(Comparator.comparingLong((ContractEntry entry) -> entry.notes().matchedSeconds()))
        .forEach(entry -> {
          Account user = entry.order().user();
          if (asking.filter(user::equals).isPresent()) {
            chosen.add(entry);
          } else {
            Hash root = entry.content().plainRoot();
            others.computeIfAbsent(new Origin(root, user), _ -> new ArrayList<>()).add(entry);
          }
        });
    chosen.sort(BEST_FIRST);
    others.values().forEach(turn -> turn.sort(BEST_FIRST));
    for (int turn = 0; turn < SHOWN && chosen.size() < SHOWN; turn++) {
      for (List<ContractEntry> origin : others.values()) {
        if (turn < origin.size()) {
          chosen.add(origin.get(turn));
        }
      }
    }
    return List.copyOf(chosen.subList(0, Math.min(SHOWN, chosen.size())));
  }
}
