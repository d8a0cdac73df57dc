package io.ppio.network.transfer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `SEGMENT_MAP`: what a miner has of a segment, and what its pieces are verified against.
///
/// @param token the match for a plain read between miners, the lane id for a paid one
/// @param wantLeaves whether the answer lists the tile roots
@Sent(from = "user, miner", to = "miner", answer = SegmentMap.Answer.class)
public record SegmentMap(
    @Field(1) Hash segment,
    @Field(2) ReadMode mode,
    @Field(value = 3, max = TransferLimits.TOKEN_MAX, unit = "Match, signed; or a lane")
        Bytes token,
    @Field(4) boolean wantLeaves)
    implements TransferMessage {
  public SegmentMap {
    TransferLimits.token(token);
  }

  /// The answer.
  ///
  /// @param size bytes of the segment
  /// @param pieces their number
  /// @param have which of them the miner can give
  /// @param root what the pieces hang under: DT or RT, R'T where they are ciphered
  /// @param leaves the tile roots one after the other, or empty
  /// @param cipherRef the lane whose key ciphers them, 32 bytes; empty when they are plain
  public record Answer(
      @Field(value = 1, max = TransferLimits.SEGMENT_BYTES_MAX, unit = "bytes", absent = "refused")
          int size,
      @Field(value = 2, max = TransferLimits.PIECES_MAX, absent = "refused") int pieces,
      @Field(value = 3, size = PieceSet.SIZE, unit = "bits, lowest first") PieceSet have,
      @Field(4) Hash root,
      @Field(value = 5, max = TransferLimits.LEAVES_MAX, unit = "hashes of tiles") Bytes leaves,
      @Field(value = 6, size = Hash.SIZE, optional = true, absent = "the pieces are plain")
          Bytes cipherRef)
      implements TransferMessage {
    public Answer {
      Check.range(size, 1, TransferLimits.SEGMENT_BYTES_MAX, "segment size");
      Check.range(pieces, 1, TransferLimits.PIECES_MAX, "pieces");
      TransferLimits.leaves(leaves);
      if (!cipherRef.isEmpty()) {
        Check.size(cipherRef, Hash.SIZE, "cipher reference");
      }
    }
  }
}
