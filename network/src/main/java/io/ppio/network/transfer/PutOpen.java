package io.ppio.network.transfer;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.peer.CompactContact;
import io.ppio.network.peer.Contact;
import java.util.List;

/// `PUT_OPEN`: starts, or takes up again, the upload of one copy of a segment.
///
/// @param upload 16 bytes chosen by the user; makes the upload repeatable
/// @param contract the storage contract, 32 bytes
/// @param size bytes of the segment
/// @param root DT where the miner seals, RT where the user does
/// @param leaves the tile roots one after the other, or empty
/// @param forward who gets the pieces from this miner, with their contracts
/// @param sealPlan how the copy is sealed; unsigned number of the data layer
/// @param token the match
@Sent(from = "user, miner", to = "miner", answer = PutOpen.Answer.class)
public record PutOpen(
    @Field(value = 1, size = TransferLimits.ID_SIZE) Bytes upload,
    @Field(2) Hash contract,
    @Field(3) Hash segment,
    @Field(value = 4, max = TransferLimits.SEGMENT_BYTES_MAX, unit = "bytes", absent = "refused")
        int size,
    @Field(5) Hash root,
    @Field(value = 6, max = TransferLimits.LEAVES_MAX, unit = "hashes of tiles") Bytes leaves,
    @Field(value = 7, count = PutOpen.FORWARD_MAX) List<Forward> forward,
    @Field(8) int sealPlan,
    @Field(value = 9, max = TransferLimits.TOKEN_MAX, unit = "Match, signed") Bytes token)
    implements TransferMessage {
  /// Miners behind this one at most.
  public static final int FORWARD_MAX = 9;

  /// The id of a contract's upload, the same for every attempt: the first 16 bytes of
  /// `TH("ppio/upload/1", contract)`.
  public static Bytes uploadId(Hash contract) {
    return Hash.tagged("ppio/upload/1", new FixedWidth().hash(contract)).bytes().slice(0, 16);
  }

  /// A further miner that is to have a copy.
  ///
  /// @param miner reachable at one address at least
  /// @param token its match
  public record Forward(
      @Field(value = 1, as = CompactContact.class) Contact miner,
      @Field(2) Hash contract,
      @Field(value = 3, max = TransferLimits.TOKEN_MAX, unit = "Match, signed") Bytes token) {
    public Forward {
      TransferLimits.token(token);
    }
  }

  public PutOpen {
    Check.size(upload, TransferLimits.ID_SIZE, "upload");
    Check.range(size, 1, TransferLimits.SEGMENT_BYTES_MAX, "segment size");
    TransferLimits.leaves(leaves);
    forward = List.copyOf(forward);
    Check.range(forward.size(), 0, FORWARD_MAX, "forwards");
    TransferLimits.token(token);
  }

  /// The answer.
  ///
  /// @param have the pieces that an earlier attempt brought
  /// @param reservedUntil wall milliseconds until which the space is kept
  public record Answer(
      @Field(value = 1, size = PieceSet.SIZE, unit = "bits, lowest first") PieceSet have,
      @Field(value = 2, unit = "ms") long reservedUntil)
      implements TransferMessage {}
}
