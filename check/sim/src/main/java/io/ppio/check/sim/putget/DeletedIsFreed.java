package io.ppio.check.sim.putget;

/// What was deleted is gone: its name, and at every miner its tiles and its place in staging.
final class DeletedIsFreed extends WatchedInvariant {
  static final String NAME = "deleted is freed";

  @Override
  public String name() {
    return NAME;
  }

  void named(ObjectLife object) {
    violate(object + " still has its name");
  }

  void taken(Machine miner, Object what, String where) {
    violate(miner + " still has " + what + " in its " + where);
  }
}
