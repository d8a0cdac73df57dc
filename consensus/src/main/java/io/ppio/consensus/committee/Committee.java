package io.ppio.consensus.committee;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The verifiers of one subject in one period (data and proofs specification 5.0).
///
/// @param members in draw order; up to 3, none when nobody is eligible
public record Committee(List<PeerId> members) {
  /// Members wanted (N_V).
  public static final int SIZE = 3;

  public Committee {
    members = List.copyOf(members);
    Check.range(members.size(), 0, SIZE, "committee size");
  }

  /// Draws from verifiers of equal weight, as before a ledger.
  ///
  /// @param randomness the beacon: the one the subject names, for a channel the newest final one
  /// @param subject what is verified, of the fixed width of its kind: contract for PoRep, channel ‖
  ///   L_ID for PoD, plot for PoSt and LPoC
  /// @param period 0 for PoRep and PoD
  /// @param verifiers those of genesis, in any order
  /// @param eligible who may judge: not the miner itself, nor its payout account, nor, on public
  ///   addresses, a neighbour in its /24
  public static Committee draw(
      Hash randomness,
      Bytes subject,
      long period,
      List<PeerId> verifiers,
      Predicate<PeerId> eligible) {
    Map<Account, PeerId> byAccount = new LinkedHashMap<>();
    verifiers.stream().filter(eligible).forEach(peer -> byAccount.put(peer.account(), peer));
    if (byAccount.isEmpty()) {
      return new Committee(List.of());
    }
    List<WeightedDraw.Member> pool =
        byAccount.keySet().stream().map(account -> new WeightedDraw.Member(account, 1)).toList();
    List<Account> drawn =
        WeightedDraw.verifiers(randomness, subject, period, pool)
            .order(Math.min(SIZE, pool.size()));
    return new Committee(drawn.stream().map(byAccount::get).toList());
  }

  /// Equal verdicts that decide: ⌈2·size/3⌉.
  public int quorum() {
    return (2 * members.size() + 2) / 3;
  }
}
