package io.ppio.node.miner;

/// What an operator sees of a miner. Counts are since its start.
///
/// @param beaconEpoch newest final epoch it knows
/// @param freeTiles tiles it could take now
/// @param contracts copies it holds
/// @param unproven copies among them whose first proof is outstanding
/// @param piecesReceived pieces taken from users and other miners
/// @param piecesServed pieces sent to readers and other miners
/// @param diskErrors operations that the plot's disk failed; from [DiskHealth#failing] on nothing
///   is taken
/// @param vouchers promises of payment taken
public record MinerStatus(
    long beaconEpoch,
    long freeTiles,
    long contracts,
    long unproven,
    long diskErrors,
    long piecesReceived,
    long piecesServed,
    long segmentsStaged,
    long segmentsSealed,
    long segmentsProven,
    long vouchers) {}
