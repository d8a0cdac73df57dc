package io.ppio.consensus.beacon;

import io.ppio.crypto.hash.Hash;

/// A final epoch and its value.
public record BeaconTip(long epoch, Hash value) {}
