package io.ppio.network.transport;

import io.ppio.network.peer.PeerRecord;
import java.net.InetSocketAddress;

/// One connection as an operator or a scheduler sees it.
///
/// @param record what the peer greeted with
/// @param address where it is seen
/// @param tunnel 0 for the control tunnel
/// @param dialled whether this node opened it
public record TunnelView(
    PeerRecord record, InetSocketAddress address, int tunnel, boolean dialled, TunnelStats stats) {}
