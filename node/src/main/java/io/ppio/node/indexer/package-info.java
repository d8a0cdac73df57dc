/// The indexer role: matches orders with miners, knows where every copy is, hears what becomes of
/// it.
///
/// Open [io.ppio.node.indexer.IndexerNode]; [io.ppio.node.indexer.ContractStore] is its durable
/// state. Network specification 1.10 (INDEX) and 8.1, incentive specification 5.
@NullMarked
package io.ppio.node.indexer;

import org.jspecify.annotations.NullMarked;
