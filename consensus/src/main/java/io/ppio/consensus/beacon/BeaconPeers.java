package io.ppio.consensus.beacon;

import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.identity.Signature;
import java.util.Optional;

/// How a [BeaconRunner] reaches the other verifiers. Calls block, have a deadline of their own of
/// at most an epoch, and run concurrently; that a peer cannot be reached is no failure here.
public interface BeaconPeers {
  /// Delivers a commit or a reveal to `peer`, which is told again later in the epoch.
  void tell(PeerId peer, BeaconMessage message) throws InterruptedException;

  /// Asks `peer` to sign `proposal`.
  ///
  /// @return its signature, unchecked; empty when it refuses or cannot be reached
  Optional<Signature> propose(PeerId peer, BeaconMessage.Proposal proposal)
      throws InterruptedException;

  /// Asks `peer` for final entries; they are checked by the caller.
  ///
  /// @return none when it cannot be reached
  BeaconMessage.Entries ask(PeerId peer, BeaconMessage.Query query) throws InterruptedException;
}
