package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.Statement;
import java.math.BigInteger;

/// An indexer's word up to which amount one miner may serve and redeem in a channel (incentive
/// specification 7.2). The caps of a channel may exceed its escrow while no ledger pays; decision
/// 0013.
///
/// @param cap wei
public record LaneGrant(
    @Field(1) Hash chainId,
    @Field(2) Hash channel,
    @Field(3) Account miner,
    @Field(value = 4, unit = "wei") BigInteger cap)
    implements Statement {
  /// Longest encoded signed grant.
  public static final int ENCODED_MAX = 192;

  public LaneGrant {
    io.ppio.env.Check.range(cap.signum(), 0, 1, "sign of cap");
  }

  @Override
  public String statement() {
    return "LaneGrant";
  }
}
