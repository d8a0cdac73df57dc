package io.ppio.data.proof.pod;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.message.Field;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// The answer to a [SpotCheck]. It repeats the question, so that a wrong answer under the miner's
/// signature is evidence by itself.
///
/// @param leaves in the order of positions, [SpotCheck#POSITIONS] of them
public record SpotAnswer(
    SpotCheck check, @Field(value = 4, count = SpotCheck.POSITIONS) List<Leaf> leaves)
    implements Statement {
  /// Longest encoded answer.
  public static final int ENCODED_MAX = 8 << 10;

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
  }

  @Override
  public String statement() {
    return "SpotAnswer";
  }

  /// Decodes a signed answer.
  public static SignedStatement<SpotAnswer> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(encoded, SpotAnswer.class);
  }
}
