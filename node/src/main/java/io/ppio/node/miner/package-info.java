/// The miner role: takes copies, seals them, has them proven, serves them for payment.
///
/// Open [io.ppio.node.miner.MinerNode]; what is on disk is in [io.ppio.node.miner.MinerStorage] and
/// [io.ppio.node.miner.CopyStore]. Data and proofs specification 1.7, 4.5, 5.1, 5.2; network
/// specification 1.10.
@NullMarked
package io.ppio.node.miner;

import org.jspecify.annotations.NullMarked;
