package io.ppio.node.verifier;

/// What an operator sees of a verifier. Counts are since its start, lanes are those held now.
///
/// @param epoch newest final epoch it knows
/// @param receipts commitments it recorded, repeated requests not counted
/// @param proofsAccepted findings it signed, repeated requests not counted
/// @param proofsRefused proofs and commitments it did not accept
/// @param lanes lanes whose keys it holds
/// @param lanesRefused deposits that it did not confirm
/// @param reveals keys it gave out
/// @param vouchersRefused vouchers that counted for nothing
public record VerifierStatus(
    long epoch,
    long receipts,
    long proofsAccepted,
    long proofsRefused,
    long lanes,
    long lanesRefused,
    long reveals,
    long vouchersRefused) {}
