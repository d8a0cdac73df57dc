package io.ppio.node.user.put;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.incentive.contract.Content;
import io.ppio.incentive.contract.Match;
import io.ppio.incentive.contract.PlacementWish;
import io.ppio.incentive.contract.SegmentOrder;
import io.ppio.incentive.contract.Terms;
import java.util.OptionalInt;

/// The orders that this account makes for one object.
///
/// An order follows from the upload and the bytes alone, so it can be made again at any time: a
/// repeated one finds the matches that were made before, and a contract can be told to be ours or a
/// stranger's. Immutable.
public final class OwnOrders {
  /// Re-matches of one copy that are recognised: each takes a miner that failed twice.
  private static final int GENERATIONS_MAX = 64;

  private final Hash chainId;
  private final Account account;
  private final PutSettings settings;
  private final int profile;

  /// @param settings what the object was accepted with; when its source had changed is not looked
  ///   at
  /// @param profile seal profile id
  public OwnOrders(Hash chainId, Account account, PutSettings settings, int profile) {
    this.chainId = chainId;
    this.account = account;
    this.settings = settings;
    this.profile = profile;
  }

  /// The order for one segment.
  SegmentOrder order(int segment, Content content) {
    // Counts up within the object and differs between objects, which is all it is for.
    long nonce = settings.objectId().buffer().getLong() + segment;
    return new SegmentOrder(
        chainId,
        account,
        nonce,
        content,
        new Terms(
            settings.copies(),
            settings.beginSeconds(),
            settings.expireSeconds(),
            settings.chiprice(),
            PlacementWish.ANY,
            // A paused upload may go on much later under the same order.
            settings.expireSeconds()),
        new SegmentOrder.Sealing(profile, Hash.ZERO),
        false);
  }

  /// A contract as somebody else tells of it.
  ///
  /// @param copy from 0
  public record Claim(Hash contract, int copy, Account miner) {}

  /// Which generation of a copy a contract is.
  ///
  /// @return empty when the contract was made for another order
  public OptionalInt generation(int segment, Content content, Claim claim) {
    Hash order = order(segment, content).hash();
    for (int generation = 0; generation < GENERATIONS_MAX; generation++) {
      if (Match.contractId(order, claim.copy(), generation, claim.miner())
          .equals(claim.contract())) {
        return OptionalInt.of(generation);
      }
    }
    return OptionalInt.empty();
  }
}
