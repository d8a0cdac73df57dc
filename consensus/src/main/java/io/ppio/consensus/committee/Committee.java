package io.ppio.consensus.committee;

import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.env.Check;
import java.util.List;
import java.util.Optional;

/// The verifiers of one subject in one period, as [Committees] draws them (data and proofs
/// specification 5.0).
///
/// @param members in draw order; up to 3, none when nobody is eligible
public record Committee(List<PeerId> members) {
  /// Members wanted (N_V).
  public static final int SIZE = 3;

  public Committee {
    members = List.copyOf(members);
    Check.range(members.size(), 0, SIZE, "committee size");
  }

  /// How many of `members` must agree: ⌈2·members/3⌉, so 2 of 3.
  public static int quorum(int members) {
    return (2 * members + 2) / 3;
  }

  /// Equal verdicts that decide.
  public int quorum() {
    return quorum(members.size());
  }

  /// Whether `peer` is a member.
  public boolean has(PeerId peer) {
    return members.contains(peer);
  }

  /// Who holds the keys of a channel: the member that was drawn first.
  public Optional<PeerId> first() {
    return members.stream().findFirst();
  }

  /// The keys of the members, in draw order.
  public List<PublicKey> keys() {
    return members.stream().map(PeerId::publicKey).toList();
  }
}
