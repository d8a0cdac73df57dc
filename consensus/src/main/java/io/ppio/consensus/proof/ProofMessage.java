package io.ppio.consensus.proof;

import io.ppio.consensus.beacon.BeaconMessage;
import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignatureAnswer;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.data.proof.pod.SpotAnswer;
import io.ppio.data.proof.pod.SpotCheck;
import io.ppio.data.proof.porep.PorepProof;
import io.ppio.data.proof.porep.PorepRequest;
import io.ppio.data.proof.porep.SealReceipt;

/// Everything that PROOF carries. Bytes: [ProofCodec]; fields and who says what to whom:
/// docs/protocol/messages.md.
public sealed interface ProofMessage {
  /// A miner has its commitment recorded.
  @Sent(from = "miner", to = "verifier", answer = SealReceipt.class)
  record RecordSeal(PorepRequest request) implements ProofMessage {}

  /// A miner proves a replica and asks for the signature over the finding.
  @Sent(from = "miner", to = "verifier", answer = SignatureAnswer.class)
  record ProveReplica(SignedStatement<PorepProof> proof) implements ProofMessage {}

  /// A key holder checks a lane.
  @Sent(from = "verifier", to = "miner", answer = SpotAnswer.class)
  record CheckSpot(SpotCheck check) implements ProofMessage {}

  /// Verifiers make the beacon; answered as [BeaconMessage] says.
  record MakeBeacon(BeaconMessage message) implements ProofMessage {}
}
