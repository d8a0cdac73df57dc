package io.ppio.node.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.consensus.beacon.BeaconRules;
import io.ppio.consensus.beacon.FinalBeacon;
import io.ppio.consensus.committee.Committee;
import io.ppio.consensus.committee.Committees;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.network.peer.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Verifiers make the beacon over a simulated network, in virtual time.
class VerifierBeaconSimTest {
  private static List<Long> epochs(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static List<Long> epochsOf(List<FinalBeacon> entries) {
    return entries.stream().map(FinalBeacon::epoch).toList();
  }

  /// What each verifier answers to a stranger, in the order of their places.
  private static List<List<FinalBeacon>> chains(VerifierWorld network) {
    List<List<FinalBeacon>> chains = new ArrayList<>();
    network.run(
        "stranger",
        NodeRole.USER,
        host -> {
          for (PeerId verifier : network.verifiers()) {
            chains.add(network.entries(host, verifier, 0));
          }
        });
    return chains;
  }

  @Test
  void everyEpochBecomesFinalAtEveryVerifier() {
    for (int verifiers : new int[] {1, 3, 7}) {
      try (VerifierWorld network = new VerifierWorld(verifiers, verifiers)) {
        network.runUntilEpoch(12);
        List<List<FinalBeacon>> chains = chains(network);
        List<FinalBeacon> first = chains.getFirst().subList(0, 12);
        assertEquals(epochs(1, 12), epochsOf(first));
        BeaconRules rules = BeaconRules.of(network.genesis);
        Hash previous = BeaconRules.first(network.genesis.net());
        for (FinalBeacon entry : first) {
          assertTrue(rules.isFinal(entry));
          assertEquals(BeaconRules.value(previous, entry.epoch(), entry.reveals()), entry.value());
          previous = entry.value();
        }
        for (List<FinalBeacon> chain : chains) {
          assertEquals(
              first.stream().map(FinalBeacon::value).toList(),
              chain.subList(0, 12).stream().map(FinalBeacon::value).toList());
        }
      }
    }
  }

  @Test
  void theNextPlaceTakesOverFromAKilledProposerWhichThenCatchesUp() {
    try (VerifierWorld network = new VerifierWorld(3, 11)) {
      network.runUntilEpoch(4);
      PeerId proposer = network.verifiers().get(6 % 3);
      network.machine(proposer).kill();
      network.runUntilEpoch(14);
      List<PeerId> others = new ArrayList<>(network.verifiers());
      others.remove(proposer);
      others.forEach(peer -> assertTrue(network.counted(peer, VerifierCounter.BEACON_EPOCH) >= 13));
      network.start(proposer);
      network.runUntilEpoch(24);
      List<List<FinalBeacon>> chains = chains(network);
      for (List<FinalBeacon> chain : chains) {
        assertEquals(epochs(1, 24), epochsOf(chain.subList(0, 24)));
        assertEquals(List.of(), chain.get(23).missing());
      }
      List<FinalBeacon> one = chains.get(network.verifiers().indexOf(others.getFirst()));
      assertEquals(List.of(network.verifiers().indexOf(proposer)), one.get(9).missing());
      chains.forEach(chain -> assertEquals(one.get(23).value(), chain.get(23).value()));
    }
  }

  @Test
  void allVerifiersRestartAndGoOn() {
    try (VerifierWorld network = new VerifierWorld(3, 12)) {
      network.runUntilEpoch(6);
      network.verifiers().forEach(verifier -> network.machine(verifier).kill());
      network.world.runFor(Duration.ofSeconds(3));
      network.verifiers().forEach(network::start);
      network.runUntilEpoch(20);
      List<List<FinalBeacon>> chains = chains(network);
      List<FinalBeacon> one = chains.getFirst();
      assertTrue(epochsOf(one).containsAll(epochs(15, 20)), "epochs " + epochsOf(one));
      for (List<FinalBeacon> chain : chains) {
        assertTrue(
            chain.stream()
                .map(FinalBeacon::value)
                .toList()
                .containsAll(
                    one.stream()
                        .filter(e -> e.epoch() >= 15 && e.epoch() <= 20)
                        .map(FinalBeacon::value)
                        .toList()));
      }
    }
  }

  @Test
  void aStrangerRecomputesACommittee() {
    try (VerifierWorld network = new VerifierWorld(7, 13)) {
      network.runUntilEpoch(5);
      FinalBeacon entry = chains(network).getLast().get(4);
      Hash subject = Hash.sha256(new byte[] {1});
      Committee committee =
          new Committees(network.genesis)
              .ofReplica(entry.value(), subject, network.indexer.peerId());
      assertEquals(network.drawn(entry.value(), subject.bytes()), committee.members());
      assertEquals(2, committee.quorum());
    }
  }
}
