package io.ppio.consensus.committee;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;
import io.ppio.network.peer.NodeRole;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Who judges what: the one place where committees are drawn (data and proofs specification 5.0).
///
/// Every party draws for itself, so the draw may use nothing but the genesis, the beacon and the
/// subject. Verifiers weigh the same, as before a ledger. Nobody judges whom it may belong to: a
/// verifier is left out that has the account of the miner or the account that the miner is paid to,
/// or a public address in the same /24 (IPv6: /48). Payout accounts and addresses count as genesis
/// states them. Genesis names few miners, and of a miner that it does not name only the account
/// counts, until a ledger states the rest. Immutable.
public final class Committees {
  private final List<PeerId> verifiers;
  private final Map<PeerId, Place> places = new HashMap<>();

  /// Where a node may be seen to belong.
  private record Place(Set<Account> accounts, Set<Bytes> prefixes) {
    boolean isApartFrom(Place other) {
      return Collections.disjoint(accounts, other.accounts)
          && Collections.disjoint(prefixes, other.prefixes);
    }
  }

  public Committees(Genesis genesis) {
    this.verifiers = genesis.peers(NodeRole.VERIFIER);
    for (GenesisNode node : genesis.nodes()) {
      places.put(node.peer(), new Place(node.accounts(), node.publicPrefixes()));
    }
  }

  /// Who judges the replica of `contract`.
  ///
  /// @param beacon B(h_s), which went into the replica id
  /// @param miner who is judged
  public Committee ofReplica(Hash beacon, Hash contract, PeerId miner) {
    return draw(beacon, contract.bytes(), 0, miner);
  }

  /// Who judges the lanes of `miner` in `channel`; its first member holds the keys.
  ///
  /// @param beacon of the epoch at which the channel was opened
  public Committee ofChannel(Hash beacon, Hash channel, PeerId miner) {
    Bytes subject = Bytes.of(new FixedWidth().hash(channel).hash(miner.keyHash()).toArray());
    return draw(beacon, subject, 0, miner);
  }

  /// Who judges `subject`, whose bytes have the fixed width of its kind, in `period`.
  ///
  /// @param beacon the one that the subject names
  Committee draw(Hash beacon, Bytes subject, long period, PeerId miner) {
    Map<Account, PeerId> eligible = new TreeMap<>();
    for (PeerId verifier : verifiers) {
      if (placeOf(verifier).isApartFrom(placeOf(miner))) {
        eligible.put(verifier.account(), verifier);
      }
    }
    if (eligible.isEmpty()) {
      return new Committee(List.of());
    }
    List<WeightedDraw.Member> pool =
        eligible.keySet().stream().map(account -> new WeightedDraw.Member(account, 1)).toList();
    List<Account> drawn =
        WeightedDraw.verifiers(beacon, subject, period, pool)
            .order(Math.min(Committee.SIZE, pool.size()));
    return new Committee(drawn.stream().map(eligible::get).toList());
  }

  private Place placeOf(PeerId peer) {
    return places.getOrDefault(peer, new Place(Set.of(peer.account()), Set.of()));
  }
}
