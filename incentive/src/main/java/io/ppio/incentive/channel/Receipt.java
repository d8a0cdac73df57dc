package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import java.math.BigInteger;

/// LANE kind 6, at the end of a channel: what one miner earned over all its lanes. Signed by the
/// channel key.
///
/// @param total wei
public record Receipt(Hash chainId, Hash channel, Account miner, BigInteger total)
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

  @Override
  public int signatureField() {
    return 5;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, chainId)
        .hash(2, channel)
        .bytes(3, miner.bytes())
        .amount(4, total);
  }

  /// Decodes a signed receipt.
  public static SignedStatement<Receipt> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in ->
            new Receipt(
                in.hash(1),
                in.hash(2),
                in.message(3, Account.SIZE, Account::decode),
                in.amount(4)));
  }
}
