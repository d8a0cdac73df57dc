/// Proof of delivery: a segment ciphered for one reader, window keys, and what each side checks
/// before it pays, signs or trusts.
///
/// Open [io.ppio.data.proof.pod.LaneKeys] and [io.ppio.data.proof.pod.LaneCipher]; coins and
/// signatures are in the incentive layer. Data and proofs specification, section 5.2.
@NullMarked
package io.ppio.data.proof.pod;

import org.jspecify.annotations.NullMarked;
