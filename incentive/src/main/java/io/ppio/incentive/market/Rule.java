package io.ppio.incentive.market;

/// Why a miner cannot take a copy, in the order in which it is looked for.
public enum Rule {
  /// M1: asks more than the user pays.
  PRICE("asks more"),
  /// M2: has not enough free tiles.
  SPACE("have no room"),
  /// M3: its offer ends before the contract, or its longest term is shorter.
  TERM("offer no such term"),
  /// Would seal too long before it comes to this copy.
  BACKLOG("are busy sealing"),
  /// Its reputation is below what is trusted.
  REPUTATION("have a bad reputation"),
  /// M7: the user excluded it or wants another place.
  WISH("are not where the user wants them"),
  /// M4, P2: holds a copy of this segment.
  MINER("hold a copy already"),
  /// M4, P2: is paid to the account of a holder.
  PAYOUT("belong to the owner of a holder"),
  /// M4, P2: is in the /24 or /48 of a holder.
  PREFIX("are in the network of a holder"),
  /// M5, P1: holds its share of the object.
  SHARE("hold their share of the object");

  private final String words;

  Rule(String words) {
    this.words = words;
  }

  /// What miners do that break it.
  String words() {
    return words;
  }
}
