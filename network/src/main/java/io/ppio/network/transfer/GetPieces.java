package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
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
public record GetPieces(
    Hash segment,
    List<Integer> pieces,
    List<Integer> deadlinesMillis,
    ReadMode mode,
    Bytes token,
    boolean wantProof,
    Range part) {
  /// Pieces in one request at most.
  public static final int PIECES_MAX = 16;

  /// A part of a piece, in bytes; both numbers are multiples of [#UNIT].
  public record Range(int offset, int length) {
    /// The whole piece.
    public static final Range ALL = new Range(0, 0);

    /// Parts begin and end at multiples of this.
    public static final int UNIT = 16 << 10;

    public Range {
      Check.that(isValid(offset, length), "no part of a piece");
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
    Check.that(isTimed(pieces, deadlinesMillis), "deadlines do not match the pieces");
    Check.that(part.all() || isPartial(pieces, mode), "a part is taken of one plain piece");
    TransferLimits.token(token);
  }

  private static boolean isTimed(List<Integer> pieces, List<Integer> deadlines) {
    return deadlines.isEmpty() || deadlines.size() == pieces.size();
  }

  private static boolean isPartial(List<Integer> pieces, ReadMode mode) {
    return pieces.size() == 1 && mode == ReadMode.PLAIN;
  }

  /// Fields 1 to 8.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .hash(1, segment)
            .packed(2, TransferLimits.longs(pieces))
            .packed(3, TransferLimits.longs(deadlinesMillis))
            .u32(4, mode.code())
            .bytes(5, token)
            .bool(6, wantProof)
            .u32(7, part.offset())
            .u32(8, part.length())
            .toBytes());
  }

  public static GetPieces decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    Hash segment = in.hash(1);
    List<Integer> pieces = TransferLimits.indexes(in, 2, PIECES_MAX);
    List<Integer> deadlines = deadlines(in);
    ReadMode mode = ReadMode.read(in, 4);
    Bytes token = in.bytes(5, TransferLimits.TOKEN_MAX);
    boolean wantProof = in.bool(6);
    int offset = in.u32(7, TransferLimits.PIECE_BYTES);
    int length = in.u32(8, TransferLimits.PIECE_BYTES);
    in.end();
    boolean whole = offset == 0 && length == 0;
    if (pieces.isEmpty()
        || !isTimed(pieces, deadlines)
        || !Range.isValid(offset, length)
        || !(whole || isPartial(pieces, mode))) {
      throw new MalformedMessage("request for pieces contradicts itself");
    }
    return new GetPieces(
        segment, pieces, deadlines, mode, token, wantProof, new Range(offset, length));
  }

  private static List<Integer> deadlines(CanonicalReader in) throws MalformedMessage {
    List<Long> deadlines = in.packed(3, PIECES_MAX);
    for (long deadline : deadlines) {
      if (deadline < 0 || deadline > Integer.MAX_VALUE) {
        throw new MalformedMessage("deadline out of range");
      }
    }
    return deadlines.stream().map(Long::intValue).toList();
  }

  /// One piece of the answer, or why it does not come; the bytes are the payload.
  ///
  /// @param proof the path from the tile root, or empty
  public record Item(int piece, Status status, Bytes proof) {
    public Item {
      TransferLimits.index(piece);
      TransferLimits.proof(proof);
    }

    /// Fields 1 to 3.
    public Bytes encode() {
      return Bytes.of(
          new CanonicalWriter().u32(1, piece).u32(2, status.code()).bytes(3, proof).toBytes());
    }

    public static Item decode(Bytes encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      int piece = TransferLimits.index(in, 1);
      Status status = Status.of(in.u32(2));
      Item item = new Item(piece, status, TransferLimits.proof(in, 3));
      in.end();
      return item;
    }
  }
}
