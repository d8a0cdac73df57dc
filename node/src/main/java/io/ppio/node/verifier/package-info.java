/// The verifier: makes the beacon together with its peers, judges proofs of replication, and holds
/// the keys of deliveries until they are paid for.
///
/// Open [io.ppio.node.verifier.VerifierNode]. Data and proofs specification, sections 5.0 to 5.2;
/// network specification 1.10.
@NullMarked
package io.ppio.node.verifier;

import org.jspecify.annotations.NullMarked;
