/// Below all layers: what is hashed, signed and encoded, so that every layer can name a signature.
///
/// Rooms by subject: `canonical` (the one encoding of what is hashed or signed), `hash`, `merkle`,
/// `identity` (keys, peer ids, accounts, wallet), `statement` (a body and a signature over it).
@NullMarked
package io.ppio.crypto;

import org.jspecify.annotations.NullMarked;
