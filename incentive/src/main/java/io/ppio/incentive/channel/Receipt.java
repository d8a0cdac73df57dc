package io.ppio.incentive.channel;

import io.ppio.data.cp.CpWriter;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Hash;
import io.ppio.incentive.statement.Signed;
import io.ppio.incentive.statement.Stated;
import io.ppio.network.identity.Account;
import java.math.BigInteger;

/// LANE kind 6, at the end of a channel: what one miner earned over all its lanes. Signed by the
/// channel key.
///
/// @param total wei
public record Receipt(Hash chainId, Hash channel, Account miner, BigInteger total)
    implements Stated {
  /// Longest encoded signed receipt.
  public static final int ENCODED_MAX = 192;

  public Receipt {
    io.ppio.env.Check.range(total.signum(), 0, 1, "sign of total");
  }

  @Override
  public String statement() {
    return "Receipt";
  }

  @Override
  public int signatureField() {
    return 5;
  }

  @Override
  public CpWriter write() {
    return new CpWriter()
        .hash(1, chainId)
        .hash(2, channel)
        .bytes(3, miner.bytes())
        .amount(4, total);
  }

  /// Decodes a signed receipt.
  public static Signed<Receipt> decode(byte[] encoded) throws MalformedMessage {
    return Signed.decode(
        encoded,
        in ->
            new Receipt(
                in.hash(1),
                in.hash(2),
                in.message(3, Account.SIZE, Account::decode),
                in.amount(4)));
  }
}
