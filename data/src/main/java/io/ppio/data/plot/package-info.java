/// What a miner keeps: sealed segments in plots, unsealed ones in staging.
///
/// Open [io.ppio.data.plot.Plot] first, then [io.ppio.data.plot.Staging]. Data and proofs
/// specification, sections 1.6, 1.7 and 4.5; bytes on disk in `docs/formats/plot.md` and
/// `docs/formats/staging.md`. Plot, its reservations and staging are safe for use by any number of
/// tasks; everything else is an immutable value or guarded by one of them. No lock is held while
/// the disk works.
@NullMarked
package io.ppio.data.plot;

import org.jspecify.annotations.NullMarked;
