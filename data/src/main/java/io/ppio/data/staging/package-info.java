/// Where a miner keeps unsealed segments until their sealed copies are proven.
///
/// Open [io.ppio.data.staging.Staging]. Data and proofs specification, sections 1.6 and 4.5; bytes
/// on disk in `docs/formats/staging.md`. Staging and its uploads are safe for use by any number of
/// tasks; everything else is an immutable value or guarded by one of them. No lock is held while
/// the disk works.
@NullMarked
package io.ppio.data.staging;

import org.jspecify.annotations.NullMarked;
