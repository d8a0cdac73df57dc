package io.ppio.node.indexer;

import io.ppio.consensus.beacon.BeaconChain;
import io.ppio.consensus.beacon.BeaconTip;
import io.ppio.consensus.chain.Genesis;
import io.ppio.consensus.committee.Committees;
import io.ppio.crypto.identity.PeerId;
import io.ppio.incentive.contract.Finding;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.ProofCert;
import java.io.IOException;
import java.util.Optional;

/// Whether a certificate proves a replica: the committee is drawn again from the beacon and
/// genesis, nothing that the miner says about it is believed. Stateless.
final class ActivationCheck {
  private final Genesis genesis;
  private final BeaconChain chain;
  private final Committees committees;

  ActivationCheck(Genesis genesis, BeaconChain chain) {
    this.genesis = genesis;
    this.chain = chain;
    this.committees = new Committees(genesis);
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

  /// The draw is by B(h_s), h_s one of those that serve from h_c + δ_seed on.
  private boolean isSigned(Match match, ProofCert certificate) throws IOException {
    long wanted = match.height() + genesis.parameters().sealing().seedDelay();
    PeerId miner = match.miner().peerId();
    for (BeaconTip epoch : chain.serving(wanted)) {
      if (certificate.isSignedBy(committees.ofReplica(epoch.value(), match.contractId(), miner))) {
        return true;
      }
    }
    return false;
  }
}
