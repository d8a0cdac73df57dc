package io.ppio.consensus.beacon;

/// What a verifier is in the beacon.
///
/// @param place its index among the verifiers of genesis in peer-id order
public record BeaconSeat(BeaconRules rules, int place, BeaconNonces nonces) {}
