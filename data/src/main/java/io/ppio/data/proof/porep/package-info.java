/// Proof of replication: the sealed copy whose root a miner committed to is the seal of the
/// contracted bytes under its own replica id.
///
/// Open [io.ppio.data.proof.porep.ReplicaProof]; messages: [io.ppio.data.proof.porep.PorepProof].
/// Data and proofs specification, section 5.1.
@NullMarked
package io.ppio.data.proof.porep;

import org.jspecify.annotations.NullMarked;
