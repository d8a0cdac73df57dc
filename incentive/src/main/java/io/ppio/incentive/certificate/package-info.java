/// What a committee of verifiers found, under their signatures.
///
/// Open [io.ppio.incentive.certificate.ProofCert]. Incentive specification, 8.1. Immutable values.
@NullMarked
package io.ppio.incentive.certificate;

import org.jspecify.annotations.NullMarked;
