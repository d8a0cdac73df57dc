package io.ppio.check.sim.putget;

/// Every copy that the indexer counts on, by whatever its miner has shown for it, is on the miner's
/// disk after a power failure, every byte of it.
final class StagedIsDurable extends WatchedInvariant {
  static final String NAME = "staged is durable";

  private long copies;

  @Override
  public String name() {
    return NAME;
  }

  /// Copies that were read.
  long copies() {
    return copies;
  }

  void intact() {
    copies++;
  }

  void missing(Machine miner, Object contract, String how) {
    violate("copy " + contract + " at " + miner + ": " + how);
  }
}
