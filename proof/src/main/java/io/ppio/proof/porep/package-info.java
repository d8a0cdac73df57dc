/// Proof of replication: the sealed copy whose root a miner committed to is the seal of the
/// contracted bytes under its own replica id.
///
/// Open [io.ppio.proof.porep.ReplicaProof]; messages: [io.ppio.proof.porep.PorepProof]. Data and
/// proofs specification, section 5.1.
@NullMarked
package io.ppio.proof.porep;

import org.jspecify.annotations.NullMarked;
