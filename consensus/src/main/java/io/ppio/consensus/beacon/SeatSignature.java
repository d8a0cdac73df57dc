package io.ppio.consensus.beacon;

import io.ppio.crypto.identity.Signature;

/// The signature of the verifier at `place`.
public record SeatSignature(int place, Signature signature) {}
