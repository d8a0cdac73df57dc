package io.ppio.node.indexer;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.committee.Committee;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.ProofCert;
import io.ppio.network.peer.NodeRole;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Whether a certificate proves a replica: the committee is drawn again from the beacon and
/// genesis, nothing that the miner says about it is believed. Stateless.
final class ActivationCheck {
  private final Genesis genesis;
  private final BeaconChain chain;

  ActivationCheck(Genesis genesis, BeaconChain chain) {
    this.genesis = genesis;
    this.chain = chain;
  }

  /// Why `certificate` does not prove the replica of `match`; empty if it does.
  Optional<String> fault(Match match, ProofCert certificate) throws IOException {
    Finding finding = certificate.finding();
    if (finding.kind() != Finding.Kind.POREP || finding.result() != Finding.Result.OK) {
      return Optional.of("no certificate of a good replica");
    }
    if (!finding.subject().equals(match.contractId().bytes())
        || !finding.miner().equals(match.miner().account())
        || finding.units() != match.order().content().tiles()) {
      return Optional.of("certificate of another contract");
    }
    return isSigned(match, certificate)
        ? Optional.empty()
        : Optional.of("certificate is not signed by enough of the drawn verifiers");
  }

  /// The draw is by B(h_s), h_s the first final epoch at or after h_c + δ_seed that the miner knew:
  /// at most 4 later.
  private boolean isSigned(Match match, ProofCert certificate) throws IOException {
    long wanted = match.height() + genesis.parameters().sealing().seedDelay();
    for (int later = 0; later <= BeaconChain.LATER_MAX; later++) {
      Optional<BeaconTip> epoch = chain.atOrAfter(wanted);
      if (epoch.isEmpty()) {
        return false;
      }
      List<PublicKey> committee =
          committee(epoch.get().value(), match).members().stream().map(PeerId::publicKey).toList();
      if (certificate.isSignedBy(committee)) {
        return true;
      }
      wanted = epoch.get().epoch() + 1;
    }
    return false;
  }

  private Committee committee(Hash beacon, Match match) {
    PeerId miner = match.miner().peerId();
    return Committee.draw(
        beacon,
        match.contractId().bytes(),
        0,
        genesis.peers(NodeRole.VERIFIER),
        verifier -> !verifier.equals(miner));
  }
}
