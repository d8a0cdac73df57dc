package io.ppio.incentive.market;

import io.ppio.crypto.identity.PublicKey;
import io.ppio.env.Check;
import io.ppio.incentive.contract.Offer;
import io.ppio.incentive.contract.Region;

/// A miner that may take copies.
///
/// @param site whose account is that of `key`
/// @param region where it is, zeros where unknown
public record Candidate(PublicKey key, Site site, Offer offer, Standing standing, Region region) {
  /// How a miner stands.
  ///
  /// @param freeTiles tiles that it can take, reservations deducted
  /// @param backlogMillis how long it will seal what it has staged
  /// @param reputation 0 to 1
  public record Standing(long freeTiles, long backlogMillis, double reputation) {
    public Standing {
      Check.range(freeTiles, 0, Long.MAX_VALUE, "free tiles");
      Check.range(backlogMillis, 0, Long.MAX_VALUE, "backlog");
      Check.that(reputation >= 0 && reputation <= 1, "reputation is 0 to 1");
    }
  }
}
