package io.ppio.incentive.channel;

import io.ppio.crypto.message.Sent;
import io.ppio.crypto.statement.SignedStatement;

/// Everything that is said about a lane: the bodies of LANE. Bytes: [LaneCodec]; fields and who
/// says what to whom: docs/protocol/messages.md.
public sealed interface LaneMessage
    permits LaneRequest, LaneDeposit, LaneOffer, LaneMessage.Pay, LaneMessage.Settle {
  /// The reader pays for a window: to the key holder, who copies it to the miner.
  @Sent(from = "user, key holder", to = "key holder, miner", answer = Reveal.class)
  record Pay(SignedStatement<Voucher> voucher) implements LaneMessage {}

  /// The reader confirms at the end of a channel what a miner earned.
  @Sent(from = "user", to = "miner")
  record Settle(SignedStatement<Receipt> receipt) implements LaneMessage {}
}
