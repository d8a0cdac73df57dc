package io.ppio.check.sim.putget;

import io.ppio.crypto.hash.Hash;
import io.ppio.incentive.contract.ContractState;
import io.ppio.incentive.indexing.IndexAnswer.Evidence;
import io.ppio.node.indexer.ContractEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What counts as several copies of a segment is several: on different miners, each with a
/// certificate and a sealed root of its own, and never more of them than were ordered.
final class CopiesAreDistinct extends WatchedInvariant {
  static final String NAME = "copies are distinct";

  private final Contracts contracts;
  private final Map<Hash, ContractEntry> changed = new LinkedHashMap<>();

  CopiesAreDistinct(Contracts contracts) {
    this.contracts = contracts;
    contracts.listen(entry -> changed.put(entry.id(), entry));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void look() {
    if (changed.isEmpty()) {
      return;
    }
    List<ContractEntry> entries = List.copyOf(changed.values());
    changed.clear();
    entries.stream().filter(entry -> entry.state() == ContractState.AVAILABLE).forEach(this::look);
  }

  private void look(ContractEntry counted) {
    if (!(counted.evidence() instanceof Evidence.Certified(var certificate))
        || !certificate.finding().subject().equals(counted.id().bytes())) {
      violate("contract " + counted.id() + " counts without a certificate of its own");
    }
    Hash order = counted.match().body().order().hash();
    List<ContractEntry> copies =
        contracts.all().stream()
            .filter(entry ->
                entry.state() == ContractState.AVAILABLE
                    && entry.match().body().order().hash().equals(order))
            .toList();
    long miners = copies.stream().map(entry -> entry.match().body().miner()).distinct().count();
    long roots = copies.stream().map(ContractEntry::sealedRoot).distinct().count();
    int wanted = counted.match().body().order().terms().copies();
    if (copies.size() > wanted || miners < copies.size() || roots < copies.size()) {
      violate(
          copies.size()
              + " copies of order "
              + order
              + " count, of "
              + wanted
              + " ordered, on "
              + miners
              + " miners, with "
              + roots
              + " sealed roots");
    }
  }
}
