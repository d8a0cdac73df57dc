package io.ppio.data.proof.pod;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.message.RecordCodec;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// The answer to a [SpotCheck]. It repeats the question, so that a wrong answer under the miner's
/// signature is evidence by itself.
///
/// @param leaves in the order of positions, [SpotCheck#POSITIONS] of them
/// @param signature the miner's, 65 bytes, over the statement `SpotAnswer` with [#body]
public record SpotAnswer(
    SpotCheck check,
    @Field(value = 4, count = SpotCheck.POSITIONS) List<Leaf> leaves,
    @Field(value = Field.NEXT, size = SpotAnswer.SIGNATURE_SIZE) Bytes signature) {
  /// Name of the statement that is signed.
  public static final String STATEMENT = "SpotAnswer";

  /// Longest encoded answer.
  public static final int ENCODED_MAX = 8 << 10;

  private static final int SIGNATURE_SIZE = 65;

  /// One opened block.
  ///
  /// @param block the plain block, 1,024 bytes
  /// @param plain its path to DT
  /// @param ciphered the path of its ciphered form to R'T
  public record Leaf(
      @Field(value = 1, size = Tile.BLOCK) Bytes block,
      @Field(2) MerklePath plain,
      @Field(3) MerklePath ciphered) {
    public Leaf {
      Check.size(block, Tile.BLOCK, "block");
    }
  }

  public SpotAnswer {
    leaves = List.copyOf(leaves);
    Check.size(signature, SIGNATURE_SIZE, "signature");
  }

  private record Body(
      SpotCheck check, @Field(value = 4, count = SpotCheck.POSITIONS) List<Leaf> leaves) {}

  /// What is signed.
  public static byte[] body(SpotCheck check, List<Leaf> leaves) {
    return RecordCodec.bytes(new Body(check, leaves)).toArray();
  }

  /// What was signed.
  public byte[] body() {
    return body(check, leaves);
  }

  /// In canonical protobuf.
  public byte[] encode() {
    return RecordCodec.bytes(this).toArray();
  }

  /// Decodes one.
  public static SpotAnswer decode(byte[] encoded) throws MalformedMessage {
    return RecordCodec.of(SpotAnswer.class).decode(encoded);
  }
}
