package io.ppio.consensus.beacon;

/// What a [BeaconRound] wants done; in the order given.
public sealed interface BeaconEffect {
  /// Send `message` to every other verifier; a proposal's answers come back as
  /// [BeaconEvent.Signed].
  record Broadcast(BeaconMessage message) implements BeaconEffect {}

  /// Make `vote` durable, then sign it, then give the signature to `proposer`, perhaps this
  /// verifier itself.
  record Cast(BeaconVote vote, int proposer) implements BeaconEffect {}

  /// Tell `proposer` that its proposal is not signed.
  record Refuse(int proposer, Refusal why) implements BeaconEffect {}

  /// Add `entry` to the chain.
  record Append(FinalBeacon entry) implements BeaconEffect {}

  /// Ask the other verifiers for final entries from epoch `from` on; what is new comes back as
  /// [BeaconEvent.Learned].
  record Ask(long from) implements BeaconEffect {}

  /// Why a proposal is not signed.
  enum Refusal {
    /// For another epoch than the current one.
    OTHER_EPOCH,
    /// Before reveals have ended, or before its sender's turn.
    EARLY,
    /// The epoch is final already: ask for it.
    FINAL,
    /// Built on an epoch that is not known to be final here.
    UNKNOWN_PREVIOUS,
    /// A later epoch is known to be final.
    STALE_PREVIOUS,
    /// A reveal that was not committed to in time.
    UNCOMMITTED_REVEAL,
    /// A reveal that is held here was left out or changed.
    MISSING_REVEAL,
    /// Another value was signed for this or a later epoch.
    SIGNED_OTHER
  }
}
