/// Canonical protobuf: the one byte form of everything hashed, signed, sent or stored as a message.
///
/// Open [io.ppio.data.cp.CpWriter] and [io.ppio.data.cp.CpReader]. Consensus specification, section
/// 2.3.
@NullMarked
package io.ppio.data.cp;

import org.jspecify.annotations.NullMarked;
