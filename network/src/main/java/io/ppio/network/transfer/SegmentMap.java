package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// `SEGMENT_MAP`: what a miner has of a segment, and what its pieces are verified against.
///
/// @param token the match for a plain read between miners, the lane id for a paid one
/// @param wantLeaves whether the answer lists the tile roots
public record SegmentMap(Hash segment, ReadMode mode, Bytes token, boolean wantLeaves) {
  public SegmentMap {
    TransferLimits.token(token);
  }

  /// Fields 1 to 4.
  public Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .hash(1, segment)
            .u32(2, mode.code())
            .bytes(3, token)
            .bool(4, wantLeaves)
            .toBytes());
  }

  public static SegmentMap decode(Bytes encoded) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(encoded);
    SegmentMap message =
        new SegmentMap(
            in.hash(1), ReadMode.read(in, 2), in.bytes(3, TransferLimits.TOKEN_MAX), in.bool(4));
    in.end();
    return message;
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
      int size, int pieces, PieceSet have, Hash root, Bytes leaves, Bytes cipherRef) {
    public Answer {
      Check.range(size, 1, TransferLimits.SEGMENT_BYTES_MAX, "segment size");
      Check.range(pieces, 1, TransferLimits.PIECES_MAX, "pieces");
      TransferLimits.leaves(leaves);
      if (!cipherRef.isEmpty()) {
        Check.size(cipherRef, Hash.SIZE, "cipher reference");
      }
    }

    /// Fields 1 to 6.
    public Bytes encode() {
      CanonicalWriter out = new CanonicalWriter().u32(1, size).u32(2, pieces);
      have.write(out, 3);
      return Bytes.of(out.hash(4, root).bytes(5, leaves).bytes(6, cipherRef).toBytes());
    }

    public static Answer decode(Bytes encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      int size = in.u32(1, TransferLimits.SEGMENT_BYTES_MAX);
      int pieces = in.u32(2, TransferLimits.PIECES_MAX);
      if (size == 0 || pieces == 0) {
        throw new MalformedMessage("empty segment");
      }
      Answer answer =
          new Answer(
              size,
              pieces,
              PieceSet.read(in, 3),
              in.hash(4),
              TransferLimits.leaves(in, 5),
              in.optionalFixedBytes(6, Hash.SIZE));
      in.end();
      return answer;
    }
  }
}
