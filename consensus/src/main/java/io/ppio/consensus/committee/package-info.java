/// Who judges: the draw of verifiers from the beacon, who is excluded from it, and how many of them
/// must agree.
///
/// Open [io.ppio.consensus.committee.Committees]. Data and proofs specification, section 5.0. All
/// types are immutable.
@NullMarked
package io.ppio.consensus.committee;

import org.jspecify.annotations.NullMarked;
