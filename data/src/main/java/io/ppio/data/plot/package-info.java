/// Where a miner keeps sealed segments: preallocated files of tiles, and a store that says what is
/// in each.
///
/// Open [io.ppio.data.plot.Plot]. Data and proofs specification, sections 1.6 and 1.7; bytes on
/// disk in `docs/formats/plot.md`. Plot and its reservations are safe for use by any number of
/// tasks; everything else is an immutable value or guarded by one of them. No lock is held while
/// the disk works.
@NullMarked
package io.ppio.data.plot;

import org.jspecify.annotations.NullMarked;
