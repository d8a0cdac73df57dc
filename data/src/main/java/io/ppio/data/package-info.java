/// Layer 2: what bytes exist and how they are protected (data and proofs specification, sections 0
/// to 5).
///
/// Rooms by subject: `object` (splitting, keys, encryption), `segment` (the unit of order and
/// contract), `seal`, `plot` and `staging` (a miner's two kinds of storage), `proof` (that a copy
/// is there, that it was delivered).
@NullMarked
package io.ppio.data;

import org.jspecify.annotations.NullMarked;
