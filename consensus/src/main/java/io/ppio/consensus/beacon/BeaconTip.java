package io.ppio.consensus.beacon;

import io.ppio.data.hash.Hash;

/// A final epoch and its value.
public record BeaconTip(long epoch, Hash value) {}
