package io.ppio.node.verifier;

import io.ppio.crypto.identity.PeerId;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import java.util.HashMap;
import java.util.Map;

/// Places for deposits that wait for their reader or are being checked: so many in all, and so many
/// of one miner, so that none keeps the others out. Safe for use by any number of tasks.
final class DepositPermits {
  private final Monitor monitor;
  private final int all;
  private final int ofMiner;
  private final Map<PeerId, Integer> takenBy = new HashMap<>();
  private int taken;

  DepositPermits(Clock clock, int all, int ofMiner) {
    this.monitor = new Monitor(clock);
    this.all = all;
    this.ofMiner = ofMiner;
  }

  /// Takes a place for `miner`.
  ///
  /// @return false when there is none for it
  boolean take(PeerId miner) {
    try (var _ = monitor.hold()) {
      int before = takenBy.getOrDefault(miner, 0);
      if (taken >= all || before >= ofMiner) {
        return false;
      }
      takenBy.put(miner, before + 1);
      taken++;
      return true;
    }
  }

  /// Gives a place of `miner` back.
  void give(PeerId miner) {
    try (var _ = monitor.hold()) {
      int left = takenBy.getOrDefault(miner, 0) - 1;
      if (left > 0) {
        takenBy.put(miner, left);
      } else {
        takenBy.remove(miner);
      }
      taken--;
    }
  }
}
