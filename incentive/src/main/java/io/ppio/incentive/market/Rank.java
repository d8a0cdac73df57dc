package io.ppio.incentive.market;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.incentive.contract.SegmentOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// How much a miner is preferred for an order (network specification 8.1), less what its backlog
/// takes. Computed with strict arithmetic, so that everybody gets the same.
final class Rank {
  /// Ranks are compared in classes of this width; inside one the beacon decides, so that new miners
  /// are found.
  private static final double CLASS_WIDTH = 0.05;

  private static final double SPEED_UNIT = 32 << 10;
  private static final double SPEED_DOUBLINGS = 12;

  private final MatchRules rules;

  Rank(MatchRules rules) {
    this.rules = rules;
  }

  /// The class, higher is better.
  int classOf(Candidate candidate, SegmentOrder order, long freeTiles) {
    return (int) (of(candidate, order, freeTiles) / CLASS_WIDTH);
  }

  /// 0 to 1.
  double of(Candidate candidate, SegmentOrder order, long freeTiles) {
    double rank =
        0.35 * speed(candidate.offer().uploadBytesPerSecond())
            + 0.20 * candidate.standing().reputation()
            + 0.15 * tier(candidate)
            + 0.15 * priceFit(candidate.offer().asks().storage(), order.terms().chiprice())
            + 0.15 * freeShare(freeTiles, candidate.offer().capacityTiles());
    double waiting =
        Math.min(1, (double) candidate.standing().backlogMillis() / rules.backlogMaxMillis());
    return rank * (1 - waiting);
  }

  private static double speed(long bytesPerSecond) {
    double doublings = StrictMath.log(1 + bytesPerSecond / SPEED_UNIT) / StrictMath.log(2);
    return Math.min(1, doublings / SPEED_DOUBLINGS);
  }

  private static double tier(Candidate candidate) {
    return switch (candidate.offer().tier()) {
      case SSD -> 1;
      case HDD -> 0.6;
      case UNKNOWN -> 0.4;
      case ARCHIVE -> 0.2;
    };
  }

  private static double priceFit(BigInteger ask, BigInteger bid) {
    if (bid.signum() == 0) {
      return ask.signum() == 0 ? 1 : 0;
    }
    double asked =
        new BigDecimal(ask).divide(new BigDecimal(bid), MathContext.DECIMAL64).doubleValue();
    return Math.max(0, 1 - asked);
  }

  private static double freeShare(long freeTiles, long capacityTiles) {
    return capacityTiles == 0 ? 0 : Math.min(1, (double) freeTiles / capacityTiles);
  }

  /// `TH("ppio/place/v1", B(h) ‖ chunk hash ‖ u8 copy ‖ L_ID)`: the order inside a class.
  static Hash draw(Hash beacon, Hash segment, int copy, Candidate candidate) {
    return Hash.tagged(
        "ppio/place/v1",
        new FixedWidth().hash(beacon).hash(segment).u8(copy).hash(candidate.key().hash()));
  }
}
