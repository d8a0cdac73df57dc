package io.ppio.consensus.proof;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;

/// Everything that PROOF carries. Bytes: [ProofCodec]; fields and who says what to whom:
/// docs/protocol/messages.md.
public sealed interface ProofMessage {
  /// A miner has its commitment recorded; answered by a `SealReceipt`.
  record RecordSeal(PorepRequest request) implements ProofMessage {}

  /// A miner proves a replica; answered by a `SignatureAnswer` over the finding.
  record ProveReplica(PorepProof.Signed proof) implements ProofMessage {}

  /// A key holder checks a lane; answered by a `SpotAnswer`.
  record CheckSpot(SpotCheck check) implements ProofMessage {}

  /// Verifiers make the beacon; answered as [BeaconMessage] says.
  record MakeBeacon(BeaconMessage message) implements ProofMessage {}
}
