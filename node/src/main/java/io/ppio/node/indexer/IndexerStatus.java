package io.ppio.node.indexer;

import io.ppio.node.indexer.SettlementStore.Settlement;
import java.util.List;

/// What an operator sees of an indexer. Settlements are what a ledger would be told, were there
/// one: those since the start and those kept from before.
///
/// @param beaconEpoch newest final epoch it knows
/// @param miners that it heard lately
/// @param waiting contracts without a proof
/// @param prepaidReturned contracts whose price goes back to their user
/// @param servicesToMiners service fees that miners earned by sealing
/// @param servicesToUsers service fees that go back
/// @param settled contracts that ended with something to pay and something to return
/// @param settlements the newest of these
public record IndexerStatus(
    long beaconEpoch,
    long miners,
    long waiting,
    long prepaidReturned,
    long servicesToMiners,
    long servicesToUsers,
    long settled,
    List<Settlement> settlements) {
  public IndexerStatus {
    settlements = List.copyOf(settlements);
  }
}
