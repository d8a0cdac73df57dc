package io.ppio.network.transport;

import io.ppio.network.peer.PeerRecord;
import java.net.InetSocketAddress;
import java.time.Duration;

/// One tunnel as an operator or a scheduler sees it.
///
/// @param record the newest that the peer greeted with
/// @param address where it is seen
/// @param index 0 for control messages
/// @param dialled whether this node opened it
/// @param roundTrip smoothed; zero while never measured
/// @param sent bytes over its link until now; so `received`
public record TunnelView(
    PeerRecord record,
    InetSocketAddress address,
    int index,
    boolean dialled,
    Duration roundTrip,
    long sent,
    long received) {}
