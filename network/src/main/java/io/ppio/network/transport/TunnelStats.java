package io.ppio.network.transport;

import java.time.Duration;

/// What one connection has measured since it was made.
///
/// @param srtt smoothed round trip; zero while never measured
/// @param bytesIn bytes read from the link, heads included
/// @param bytesOut bytes written to the link, heads included
/// @param framesIn multiplexer frames read
/// @param framesOut multiplexer frames written
public record TunnelStats(
    Duration srtt, long bytesIn, long bytesOut, long framesIn, long framesOut) {}
