package io.ppio.incentive.channel;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.Statement;
import java.math.BigInteger;

/// At the end of a channel: what one miner earned over all its lanes. Signed by the channel key.
///
/// @param total wei
public record Receipt(
    @Field(1) Hash chainId,
    @Field(2) Hash channel,
    @Field(3) Account miner,
    @Field(value = 4, unit = "wei") BigInteger total)
    implements Statement {
  /// Longest encoded signed receipt.
  public static final int ENCODED_MAX = 192;

  public Receipt {
    io.ppio.env.Check.range(total.signum(), 0, 1, "sign of total");
  }

  @Override
  public String statement() {
    return "Receipt";
  }
}
