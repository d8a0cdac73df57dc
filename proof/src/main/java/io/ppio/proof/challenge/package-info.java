/// Where challenges come from: beacons, seeds, positions, and the rule against replays.
///
/// Open [io.ppio.proof.challenge.Challenge]. Data and proofs specification, section 5.0.
@NullMarked
package io.ppio.proof.challenge;

import org.jspecify.annotations.NullMarked;
