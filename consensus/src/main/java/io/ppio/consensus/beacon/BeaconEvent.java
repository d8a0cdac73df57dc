package io.ppio.consensus.beacon;

import io.ppio.crypto.identity.Signature;
import java.time.Instant;

/// What can happen to a [BeaconRound]; `now` is the verifier's own wall time.
public sealed interface BeaconEvent {
  /// When it happened.
  Instant now();

  /// Time has passed.
  record Tick(Instant now) implements BeaconEvent {}

  /// The verifier at `place` said `message`.
  record Heard(Instant now, int place, BeaconMessage message) implements BeaconEvent {}

  /// The verifier at `place`, perhaps this one, signed the proposal of this one.
  record Signed(Instant now, int place, Signature signature) implements BeaconEvent {}

  /// `entry` was found final and is in the chain.
  record Learned(Instant now, FinalBeacon entry) implements BeaconEvent {}
}
