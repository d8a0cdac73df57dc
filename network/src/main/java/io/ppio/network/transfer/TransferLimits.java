package io.ppio.network.transfer;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

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

  static Bytes proof(CanonicalReader in, int field) throws MalformedMessage {
    return in.bytes(field, PROOF_MAX);
  }

  static void leaves(Bytes leaves) {
    Check.range(leaves.size(), 0, LEAVES_MAX, "leaves");
    Check.that(leaves.size() % HASH_SIZE == 0, "leaves are no list of hashes");
  }

  static Bytes leaves(CanonicalReader in, int field) throws MalformedMessage {
    Bytes leaves = in.bytes(field, LEAVES_MAX);
    if (leaves.size() % HASH_SIZE != 0) {
      throw new MalformedMessage("field " + field + " is no list of hashes");
    }
    return leaves;
  }

  static void index(int index) {
    Check.range(index, 0, PIECES_MAX - 1, "piece");
  }

  static int index(CanonicalReader in, int field) throws MalformedMessage {
    return in.u32(field, PIECES_MAX - 1);
  }

  static List<Integer> indexes(CanonicalReader in, int field, int maxCount)
      throws MalformedMessage {
    List<Long> values = in.packed(field, maxCount);
    for (long value : values) {
      if (value < 0 || value >= PIECES_MAX) {
        throw new MalformedMessage("field " + field + " names no piece");
      }
    }
    return values.stream().map(Long::intValue).toList();
  }

  static List<Long> longs(List<Integer> values) {
    return values.stream().map(Integer::longValue).toList();
  }
}
