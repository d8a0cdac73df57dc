package io.ppio.network.transport;

import io.ppio.env.Bytes;
import java.nio.ByteBuffer;

/// What a peer answered.
///
/// @param body the message of the method
/// @param payload raw bytes, owned by the receiver; empty where there are none
public record Reply(Bytes body, ByteBuffer payload) {}
