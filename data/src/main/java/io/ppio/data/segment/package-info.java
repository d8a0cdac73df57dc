/// What a segment is wherever it lies: its roots and what reading one of its tiles gives.
///
/// Data and proofs specification, section 1.3. Immutable values.
@NullMarked
package io.ppio.data.segment;

import org.jspecify.annotations.NullMarked;
