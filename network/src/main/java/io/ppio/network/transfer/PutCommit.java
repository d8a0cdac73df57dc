package io.ppio.network.transfer;

import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `PUT_COMMIT`: all pieces were sent; the miner answers when they are safe on its disk.
///
/// @param upload as in [PutOpen]
@Sent(from = "user", to = "miner", answer = PutCommit.Answer.class)
public record PutCommit(@Field(value = 1, size = TransferLimits.ID_SIZE) Bytes upload)
    implements TransferMessage {
  public PutCommit {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
  }

  /// The answer.
  ///
  /// @param stageAck the miner's signed acknowledgement, of the incentive layer
  public record Answer(
      @Field(value = 1, max = TransferLimits.ACK_MAX, unit = "Staged, signed", absent = "refused")
          Bytes stageAck)
      implements TransferMessage {
    public Answer {
      Check.range(stageAck.size(), 1, TransferLimits.ACK_MAX, "acknowledgement");
    }
  }
}
