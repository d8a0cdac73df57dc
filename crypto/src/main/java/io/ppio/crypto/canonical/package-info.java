/// Canonical protobuf: the one byte form of everything hashed, signed, sent or stored as a message.
///
/// Open [io.ppio.crypto.canonical.CanonicalWriter] and [io.ppio.crypto.canonical.CanonicalReader].
/// Consensus specification, section 2.3.
@NullMarked
package io.ppio.crypto.canonical;

import org.jspecify.annotations.NullMarked;
