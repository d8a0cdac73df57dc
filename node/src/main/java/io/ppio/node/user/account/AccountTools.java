package io.ppio.node.user.account;

import io.ppio.node.host.NodeHost;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.put.SegmentBuffers;
import java.time.Duration;

/// What a job works with. All parts are safe for concurrent use.
///
/// @param buffers memory for segments, shared by all jobs
/// @param patience how long a transfer may stand still
public record AccountTools(
    NodeHost host,
    OwnerKeys owner,
    IndexerClient indexer,
    ObjectIndex index,
    SegmentBuffers buffers,
    Duration patience,
    UserLog log) {}
