/// Storage contracts: what a user orders, what a miner offers, what an indexer matches, the
/// certificates of verifiers, and the states that a contract passes.
///
/// Open [io.ppio.incentive.contract.SegmentOrder] and [io.ppio.incentive.contract.Match], then
/// [io.ppio.incentive.contract.ContractState]. Incentive specification, 5.1 to 5.4 and 8.1.
/// Immutable values and pure functions, safe for use by any number of tasks.
@NullMarked
package io.ppio.incentive.contract;

import org.jspecify.annotations.NullMarked;
