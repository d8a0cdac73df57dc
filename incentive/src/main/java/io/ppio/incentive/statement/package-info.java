/// What a party signs so that it may become evidence: a body and one signature over it.
///
/// Open [io.ppio.incentive.statement.Signed]. Data and proofs specification, section 5.0. Immutable
/// values.
@NullMarked
package io.ppio.incentive.statement;

import org.jspecify.annotations.NullMarked;
