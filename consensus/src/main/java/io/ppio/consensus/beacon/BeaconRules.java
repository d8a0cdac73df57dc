package io.ppio.consensus.beacon;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Check;
import io.ppio.network.peer.NodeRole;
import java.util.List;

/// What a beacon value is and what makes it final; follows from the genesis alone.
///
/// @param first B(0), final from the start
/// @param verifiers in peer-id order: the place of each is its index
public record BeaconRules(
    Hash chainId, Hash first, List<PeerId> verifiers, BeaconSchedule schedule) {
  private static final String TAG = "ppio/beacon/pre";

  public BeaconRules {
    verifiers = List.copyOf(verifiers);
    Check.range(verifiers.size(), 1, Genesis.VERIFIERS_MAX, "number of verifiers");
  }

  /// The rules of a network that has at least one verifier.
  public static BeaconRules of(Genesis genesis) {
    List<PeerId> verifiers = genesis.peers(NodeRole.VERIFIER);
    return new BeaconRules(
        genesis.chainId(),
        first(genesis.net()),
        verifiers,
        new BeaconSchedule(genesis.time(), genesis.parameters().epoch(), verifiers.size()));
  }

  /// `B(0) = TH("ppio/beacon/pre", u32 net)`.
  public static Hash first(int net) {
    return Hash.tagged(TAG, new FixedWidth().u32(net));
  }

  /// `B(e) = TH("ppio/beacon/pre", B(e′) ‖ u64 e ‖ r_1 ‖ r_2 …)`; a missing reveal is 32 zero
  /// bytes.
  public static Hash value(Hash previous, long epoch, Seats reveals) {
    FixedWidth fields = new FixedWidth().hash(previous).u64(epoch);
    reveals.hashes().forEach(fields::hash);
    return Hash.tagged(TAG, fields);
  }

  /// The commitment to `reveal`: `TH("ppio/vn/1", r)`.
  public static Hash commitment(Hash reveal) {
    return Hash.tagged("ppio/vn/1", reveal.toArray());
  }

  /// What a verifier signs for B(e): the statement `beacon` over 1 chain_id · 2 e · 3 e′ · 4 B.
  public Hash statement(long epoch, long previous, Hash value) {
    byte[] body =
        new CanonicalWriter()
            .hash(1, chainId)
            .u64(2, epoch)
            .u64(3, previous)
            .hash(4, value)
            .toBytes();
    return Statement.digest("beacon", body);
  }

  /// Verifiers.
  public int places() {
    return verifiers.size();
  }

  /// Signatures that make a value final: two thirds, rounded up.
  public int quorum() {
    return Committee.quorum(places());
  }

  /// The place of `peer`, or -1 when it is no verifier of genesis.
  public int placeOf(PeerId peer) {
    return verifiers.indexOf(peer);
  }

  /// Whether the verifier at `place` made `signature` over `digest`.
  public boolean isSignedBy(int place, Signature signature, Hash digest) {
    return signature.isBy(verifiers.get(place), digest);
  }

  /// Whether enough verifiers signed `entry`; needs no other entry.
  public boolean isFinal(FinalBeacon entry) {
    Hash digest = statement(entry.epoch(), entry.previous(), entry.value());
    return entry.reveals().size() == places()
        && entry.signatures().size() >= quorum()
        && entry.signatures().stream()
            .allMatch(seat ->
                seat.place() < places() && isSignedBy(seat.place(), seat.signature(), digest));
  }
}
