package io.ppio.node.verifier;

import io.ppio.node.host.HostConfig;

/// What a verifier is started with.
public record VerifierConfig(HostConfig host) {}
