/// Where challenges come from: beacons, seeds, positions, and the rule against replays.
///
/// Open [io.ppio.data.proof.challenge.Challenge]. Data and proofs specification, section 5.0.
@NullMarked
package io.ppio.data.proof.challenge;

import org.jspecify.annotations.NullMarked;
