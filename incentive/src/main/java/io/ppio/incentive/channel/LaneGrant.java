package io.ppio.incentive.channel;

import io.ppio.data.cp.CpWriter;
import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Hash;
import io.ppio.incentive.statement.Signed;
import io.ppio.incentive.statement.Stated;
import io.ppio.network.identity.Account;
import java.math.BigInteger;

/// An indexer's word up to which amount one miner may serve and redeem in a channel (incentive
/// specification 7.2). The caps of a channel may exceed its escrow while no ledger pays; decision
/// 0013.
///
/// @param cap wei
public record LaneGrant(Hash chainId, Hash channel, Account miner, BigInteger cap)
    implements Stated {
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
  public CpWriter write() {
    return new CpWriter().hash(1, chainId).hash(2, channel).bytes(3, miner.bytes()).amount(4, cap);
  }

  /// Decodes a signed grant.
  public static Signed<LaneGrant> decode(byte[] encoded) throws MalformedMessage {
    return Signed.decode(
        encoded,
        in ->
            new LaneGrant(
                in.hash(1),
                in.hash(2),
                in.message(3, Account.SIZE, Account::decode),
                in.amount(4)));
  }
}
