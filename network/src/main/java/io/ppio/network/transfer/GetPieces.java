package io.ppio.network.transfer;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.Sent;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import io.ppio.network.wire.Status;
import java.util.List;

/// `GET_PIECES`: asks for pieces of one segment; they come as items in the order asked for, each
/// with its bytes as payload.
///
/// @param pieces 1 to 16 indexes
/// @param deadlinesMillis time for each piece from now; empty, or as many as pieces
/// @param token the match for a plain read between miners, the lane id for a paid one
/// @param wantProof whether each piece comes with its path
/// @param part the part of the only piece that is wanted; [Range#ALL] for the whole
@Sent(
    from = "user, miner",
    to = "miner",
    answer = GetPieces.Item.class,
    items = "one for each piece")
public record GetPieces(
    @Field(1) Hash segment,
    @Field(value = 2, count = GetPieces.PIECES_MAX, max = TransferLimits.PIECES_MAX - 1)
        List<Integer> pieces,
    @Field(value = 3, count = GetPieces.PIECES_MAX, max = Integer.MAX_VALUE, unit = "ms")
        List<Integer> deadlinesMillis,
    @Field(4) ReadMode mode,
    @Field(value = 5, max = TransferLimits.TOKEN_MAX, unit = "Match, signed; or a lane")
        Bytes token,
    @Field(6) boolean wantProof,
    Range part)
    implements TransferMessage {
  /// Pieces in one request at most.
  public static final int PIECES_MAX = 16;

  /// A part of a piece, in bytes; both numbers are multiples of [#UNIT].
  public record Range(
      @Field(value = 7, max = TransferLimits.PIECE_BYTES, unit = "bytes") int offset,
      @Field(
              value = 8,
              max = TransferLimits.PIECE_BYTES,
              unit = "bytes",
              absent = "the whole piece")
          int length) {
    /// The whole piece.
    public static final Range ALL = new Range(0, 0);

    /// Parts begin and end at multiples of this.
    public static final int UNIT = 16 << 10;

    public Range {
      Check.sound(isValid(offset, length), "no part of a piece");
    }

    private static boolean isValid(int offset, int length) {
      return offset >= 0
          && length >= 0
          && offset % UNIT == 0
          && length % UNIT == 0
          && (long) offset + length <= TransferLimits.PIECE_BYTES
          && (length > 0 || offset == 0);
    }

    /// Whether it is the whole piece.
    public boolean all() {
      return length == 0;
    }
  }

  public GetPieces {
    pieces = List.copyOf(pieces);
    deadlinesMillis = List.copyOf(deadlinesMillis);
    Check.range(pieces.size(), 1, PIECES_MAX, "pieces");
    pieces.forEach(TransferLimits::index);
    Check.sound(isTimed(pieces, deadlinesMillis), "deadlines do not match the pieces");
    Check.sound(part.all() || isPartial(pieces, mode), "a part is taken of one plain piece");
    TransferLimits.token(token);
  }

  private static boolean isTimed(List<Integer> pieces, List<Integer> deadlines) {
    return deadlines.isEmpty() || deadlines.size() == pieces.size();
  }

  private static boolean isPartial(List<Integer> pieces, ReadMode mode) {
    return pieces.size() == 1 && mode == ReadMode.PLAIN;
  }

  /// One piece of the answer, or why it does not come; the bytes are the payload.
  ///
  /// @param proof the path from the tile root, or empty
  public record Item(
      @Field(value = 1, max = TransferLimits.PIECES_MAX - 1) int piece,
      @Field(2) Status status,
      @Field(value = 3, max = TransferLimits.PROOF_MAX, unit = "MerklePath") Bytes proof)
      implements TransferMessage {
    public Item {
      TransferLimits.index(piece);
      TransferLimits.proof(proof);
    }
  }
}
