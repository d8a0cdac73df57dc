/// Messages as records: each component says which field it is, and one codec reads and writes them
/// all.
///
/// Open [io.ppio.crypto.message.Field], then [io.ppio.crypto.message.RecordCodec]. The page
/// docs/protocol/messages.md lists the same fields. Immutable.
@NullMarked
package io.ppio.crypto.message;

import org.jspecify.annotations.NullMarked;
