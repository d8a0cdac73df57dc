package io.ppio.network.transfer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.peer.CompactContact;
import io.ppio.network.peer.Contact;

/// `COPY_FROM`: an indexer asks a miner to fetch a segment from another one. Repeated until the
/// miner's acknowledgement.
///
/// @param source who has it, reachable at one address at least
/// @param contract the storage contract of the new copy
/// @param token the match of the new copy
@Sent(from = "indexer", to = "miner", answer = CopyFrom.Answer.class)
public record CopyFrom(
    @Field(1) Hash segment,
    @Field(value = 2, as = CompactContact.class) Contact source,
    @Field(4) Hash contract,
    @Field(value = 5, max = TransferLimits.TOKEN_MAX, unit = "Match, signed") Bytes token)
    implements TransferMessage {
  public CopyFrom {
    TransferLimits.token(token);
  }

  /// The answer.
  ///
  /// @param job 16 bytes by which the miner names the copy
  public record Answer(@Field(value = 1, size = TransferLimits.ID_SIZE) Bytes job)
      implements TransferMessage {
    public Answer {
      Check.size(job, TransferLimits.ID_SIZE, "job");
    }
  }
}
