package io.ppio.data.proof.pod;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.crypto.statement.Statement;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// The answer to a [SpotCheck]. It repeats the question, so that a wrong answer under the miner's
/// signature is evidence by itself.
///
/// @param leaves in the order of positions, [SpotCheck#POSITIONS] of them
public record SpotAnswer(SpotCheck check, List<Leaf> leaves) implements Statement {
  /// Longest encoded answer.
  public static final int ENCODED_MAX = 8 << 10;

  /// One opened block.
  ///
  /// @param block the plain block, 1,024 bytes
  /// @param plain its path to DT
  /// @param ciphered the path of its ciphered form to R'T
  public record Leaf(Bytes block, MerklePath plain, MerklePath ciphered) {
    private static final int ENCODED_MAX = Tile.BLOCK + 2 * MerklePath.ENCODED_MAX + 16;

    public Leaf {
      Check.size(block, Tile.BLOCK, "block");
    }

    byte[] encode() {
      return new CanonicalWriter()
          .bytes(1, block)
          .bytes(2, plain.encode())
          .bytes(3, ciphered.encode())
          .toBytes();
    }

    static Leaf decode(byte[] encoded) throws MalformedMessage {
      return CanonicalReader.whole(
          encoded,
          in ->
              new Leaf(
                  in.fixedBytes(1, Tile.BLOCK),
                  MerklePath.decode(in.bytes(2, MerklePath.ENCODED_MAX)),
                  MerklePath.decode(in.bytes(3, MerklePath.ENCODED_MAX))));
    }
  }

  public SpotAnswer {
    leaves = List.copyOf(leaves);
  }

  @Override
  public String statement() {
    return "SpotAnswer";
  }

  @Override
  public int signatureField() {
    return 5;
  }

  @Override
  public CanonicalWriter write() {
    return new CanonicalWriter()
        .hash(1, check.lane())
        .u64(2, check.height())
        .hash(3, check.nonce())
        .list(4, leaves, Leaf::encode);
  }

  /// Decodes a signed answer.
  public static SignedStatement<SpotAnswer> decode(byte[] encoded) throws MalformedMessage {
    return SignedStatement.decode(
        encoded,
        in ->
            new SpotAnswer(
                new SpotCheck(in.hash(1), in.u64(2), in.hash(3)),
                in.list(4, SpotCheck.POSITIONS, Leaf.ENCODED_MAX, Leaf::decode)));
  }
}
