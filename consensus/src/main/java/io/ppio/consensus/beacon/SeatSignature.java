package io.ppio.consensus.beacon;

import io.ppio.consensus.chain.Genesis;
import io.ppio.crypto.identity.Signature;
import io.ppio.crypto.message.Field;

/// The signature of the verifier at `place`.
public record SeatSignature(
    @Field(value = 1, max = Genesis.VERIFIERS_MAX) int place, @Field(2) Signature signature) {}
