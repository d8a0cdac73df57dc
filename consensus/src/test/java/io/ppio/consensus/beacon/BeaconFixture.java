package io.ppio.consensus.beacon;

import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.chain.GenesisNode;
import io.ppio.consensus.chain.NetworkClass;
import io.ppio.consensus.chain.Parameters;
import io.ppio.crypto.identity.NodeIdentity;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.network.peer.NodeRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A genesis of some verifiers, with their keys in place order.
record BeaconFixture(List<NodeIdentity> identities, Genesis genesis, BeaconRules rules) {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static BeaconFixture of(int verifiers) {
    List<NodeIdentity> identities =
        IntStream.rangeClosed(1, verifiers)
            .mapToObj(BeaconFixture::identity)
            .sorted(Comparator.comparing(NodeIdentity::peerId))
            .toList();
    List<GenesisNode> nodes =
        identities.stream()
            .map(id -> new GenesisNode(NodeRole.VERIFIER.bit(), id.peerId(), "", List.of()))
            .toList();
    Genesis genesis = new Genesis(NetworkClass.DEV, "beacon", START, Parameters.LOCAL, nodes);
    return new BeaconFixture(identities, genesis, BeaconRules.of(genesis));
  }

  private static NodeIdentity identity(int d) {
    byte[] secret = new byte[32];
    secret[31] = (byte) d;
    return new NodeIdentity(PrivateKey.of(secret));
  }

  BeaconSeat seat(int place) {
    PrivateKey key = identities.get(place).privateKey();
    return new BeaconSeat(rules, place, new BeaconNonces(key, rules.chainId()));
  }

  /// A final entry signed by the first `signers` places.
  FinalBeacon entry(BeaconTip previous, long epoch, Seats reveals, int signers) {
    var value = BeaconRules.value(previous.value(), epoch, reveals);
    var digest = rules.statement(epoch, previous.epoch(), value);
    List<SeatSignature> signatures =
        IntStream.range(0, signers)
            .mapToObj(i -> new SeatSignature(i, identities.get(i).privateKey().sign(digest)))
            .toList();
    return new FinalBeacon(epoch, previous.epoch(), value, signatures, reveals);
  }
}
