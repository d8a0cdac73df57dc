/// The one hash function and its domain separation; open [io.ppio.crypto.hash.Hash] first.
///
/// Data and proofs specification, section 0. Everything here is immutable or stateless.
@NullMarked
package io.ppio.crypto.hash;

import org.jspecify.annotations.NullMarked;
