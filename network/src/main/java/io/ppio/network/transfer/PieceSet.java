package io.ppio.network.transfer;

import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.BitSet;

/// Which pieces of a segment somebody has: 128 bits, piece `i` is bit `i % 8` (from the lowest) of
/// byte `i / 8`.
public record PieceSet(Bytes bits) {
  /// Bytes in a set.
  public static final int SIZE = TransferLimits.PIECES_MAX / 8;

  /// No piece.
  public static final PieceSet NONE = new PieceSet(Bytes.of(new byte[SIZE]));

  public PieceSet {
    Check.size(bits, SIZE, "piece set");
  }

  /// The pieces that are set in `pieces`.
  public static PieceSet of(BitSet pieces) {
    Check.range(pieces.length(), 0, TransferLimits.PIECES_MAX, "pieces");
    byte[] bits = new byte[SIZE];
    byte[] set = pieces.toByteArray();
    System.arraycopy(set, 0, bits, 0, set.length);
    return new PieceSet(Bytes.of(bits));
  }

  /// All of the first `count` pieces.
  public static PieceSet first(int count) {
    BitSet pieces = new BitSet();
    pieces.set(0, count);
    return of(pieces);
  }

  /// Whether piece `index` is in it.
  public boolean has(int index) {
    TransferLimits.index(index);
    return (bits.at(index / 8) >>> index % 8 & 1) != 0;
  }
}
