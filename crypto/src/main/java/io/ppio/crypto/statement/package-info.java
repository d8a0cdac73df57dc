/// What a party signs so that it may become evidence: a body and one signature over it.
///
/// Open [io.ppio.crypto.statement.SignedStatement]. Data and proofs specification, section 5.0.
/// Immutable values.
@NullMarked
package io.ppio.crypto.statement;

import org.jspecify.annotations.NullMarked;
