package io.ppio.incentive.channel;

import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import java.math.BigInteger;

/// An indexer's word up to which amount one miner may serve and redeem in a channel (incentive
/// specification 7.2). The caps of a channel may exceed its escrow while no ledger pays; decision
/// 0013.
///
/// @param cap wei
public record LaneGrant(Hash chainId, Hash channel, Account miner, BigInteger cap)
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
        .amount(4, cap);
  }

  /// Decodes a signed grant.
  public static SignedStatement<LaneGrant> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in ->
            new LaneGrant(
                in.hash(1),
                in.hash(2),
                in.message(3, Account.SIZE, Account::decode),
                in.amount(4)));
  }
}
