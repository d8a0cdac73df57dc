/// The deterministic twin of the world: virtual time, one scheduler, seeded faults on links and
/// disks.
///
/// Open [SimWorld] first. A world is a seed, nodes and a script; everything in it runs on the one
/// thread that made it, in the order of one queue of events (virtual time, then sequence), so the
/// same seed gives the same trace hash. Tasks are virtual threads on that scheduler
/// ([VirtualThreads]), so the nodes run the blocking code of production unchanged. A killed node's
/// tasks are never continued and what it had not forced is lost.
///
/// Nothing here is safe for use by other threads than the world's own and its tasks. Specification:
/// network 11.1 and 11.2, packet-level part.
@NullMarked
package io.ppio.env.simulated;

import org.jspecify.annotations.NullMarked;
