package io.ppio.network.transfer;

import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `PUT_ABORT`: the upload will not be finished; what was staged may go. The answer is empty.
///
/// @param upload as in [PutOpen]
/// @param reason unsigned, for logs
@Sent(from = "user, miner", to = "miner")
public record PutAbort(
    @Field(value = 1, size = TransferLimits.ID_SIZE) Bytes upload, @Field(2) int reason)
    implements TransferMessage {
  public PutAbort {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
  }
}
