/// What is asked of verifiers, and by them, to prove something: the bodies of PROOF.
///
/// Open [io.ppio.consensus.proof.ProofMessage]. Network specification, 1.10. Immutable values.
@NullMarked
package io.ppio.consensus.proof;

import org.jspecify.annotations.NullMarked;
