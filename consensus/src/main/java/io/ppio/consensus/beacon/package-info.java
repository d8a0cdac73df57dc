/// Public randomness of a network without a ledger, and the draws made from it.
///
/// Open [io.ppio.consensus.beacon.BeaconRound], the state machine of one verifier, and
/// [io.ppio.consensus.beacon.BeaconChain], what everyone knows of it. The round is pure and owned
/// by [io.ppio.consensus.beacon.BeaconRunner]; the chain is safe for use by any number of tasks.
/// Data and proofs specification, sections 0 (row Beacon) and 5.0; network specification 1.10
/// (PROOF 4 to 7); consensus specification 9.4.
@NullMarked
package io.ppio.consensus.beacon;

import org.jspecify.annotations.NullMarked;
