package io.ppio.network.transport;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Bytes;

/// What a tunnel is for among those of one pair of peers (network specification 2.5).
///
/// @param dialler which of the two opened it
/// @param index 0 for control messages, 1 to 7 for pieces
/// @param group the same for all tunnels of the pair
record TunnelId(PeerId dialler, int index, Bytes group) {}
