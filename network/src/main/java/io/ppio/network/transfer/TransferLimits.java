package io.ppio.network.transfer;

import io.ppio.env.Bytes;
import io.ppio.env.Check;

/// Sizes that several messages share, and the checks of them.
public final class TransferLimits {
  /// Bytes of a piece; the last one of a segment may be shorter.
  public static final int PIECE_BYTES = 128 << 10;

  /// Pieces of a segment at most.
  public static final int PIECES_MAX = 128;

  /// Bytes of a segment at most.
  public static final int SEGMENT_BYTES_MAX = PIECES_MAX * PIECE_BYTES;

  /// Bytes of an upload or job id.
  public static final int ID_SIZE = 16;

  /// Bytes of a token at most: a match with its order and path, or a lane id.
  public static final int TOKEN_MAX = 4096;

  /// Bytes of the path of a piece at most: a count and seven hashes.
  public static final int PROOF_MAX = 1 + 7 * 32;

  /// Bytes of the list of tile roots at most.
  static final int LEAVES_MAX = 32 * PIECES_MAX;

  /// Bytes of an acknowledgement at most.
  static final int ACK_MAX = 1024;

  private static final int HASH_SIZE = 32;

  private TransferLimits() {}

  static void token(Bytes token) {
    Check.range(token.size(), 0, TOKEN_MAX, "token");
  }

  static void proof(Bytes proof) {
    Check.range(proof.size(), 0, PROOF_MAX, "proof");
  }

  static void leaves(Bytes leaves) {
    Check.range(leaves.size(), 0, LEAVES_MAX, "leaves");
    Check.sound(leaves.size() % HASH_SIZE == 0, "leaves are no list of hashes");
  }

  static void index(int index) {
    Check.range(index, 0, PIECES_MAX - 1, "piece");
  }
}
