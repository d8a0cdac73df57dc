/// Layer 2: what bytes exist and how they are protected (data and proofs specification, sections 0
/// to 4).
///
/// Sub-packages by subject: `hash` and `cp` (what is hashed and signed, and its canonical bytes),
/// `merkle`, `object` (splitting, keys, encryption, descriptor), `seal`, `plot`.
@NullMarked
package io.ppio.data;

import org.jspecify.annotations.NullMarked;
