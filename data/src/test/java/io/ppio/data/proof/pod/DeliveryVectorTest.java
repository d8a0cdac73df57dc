package io.ppio.data.proof.pod;

import static io.ppio.data.proof.KnownSegment.h;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ppio.crypto.fixtures.HexHash;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.proof.KnownSegment;
import io.ppio.env.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Rows 34, 35 and 41 of the known answers (data and proofs specification 9.1).
class DeliveryVectorTest {
  private final KnownSegment segment = KnownSegment.published();
  private final LaneKeys keys = new LaneKeys(h("lane-secret"), Windows.standard(2));

  @Test
  void theSegmentIsThePublishedOne() {
    assertEquals(
        "fb27818470e9d562bc5e16c3afebb4ba699231924a11f0382020db7eb416e0a9",
        segment.tree().root().hex());
  }

  @Test
  void windowKeyAndItsRoot() {
    assertEquals(
        "09a0096046bd89ef01b57262cc37f7f48867f371a8492666c709c7e9132ceac0", keys.key(0).hex());
    assertEquals(
        "54478a62257da1c9ef54d9fd6761bc82730c436cf67d775d8f9958a8b2041ff3", keys.keyRoot().hex());
  }

  @Test
  void cipheredRootAndBytes() throws IOException {
    var ciphered = new CipheredSegment(keys);
    assertEquals(
        "9d710882b05479be994d5e85aeace66d66b6d5cc6a4bc613fac7eae60571d7f4",
        ciphered.tree(segment.source()).root().hex());
    byte[] second = segment.tiles().get(1).clone();
    ciphered.cipher(1, second);
    assertEquals("6beeae9b34a6c2c18e386f75bb9c800e", Bytes.of(second, 0, 16).hex());
  }

  @Test
  void blocksAreCipheredAsTheirPieceIs() {
    byte[] piece = segment.tiles().get(1).clone();
    byte[] block = java.util.Arrays.copyOfRange(piece, 77 * Tile.BLOCK, 78 * Tile.BLOCK);
    new CipheredSegment(keys).cipher(1, piece);
    byte[] alone = new LaneCipher().block(keys.key(0), 1, 77, block);
    assertEquals(Bytes.of(piece, 77 * Tile.BLOCK, Tile.BLOCK), Bytes.of(alone));
  }

  @Test
  void nameOfALane() {
    Hash chunk = HexHash.of("1568965c543835a86a269330f52dc9552f2c6b5db237dcb756d27b8cf37db205");
    assertEquals(
        "d1d99675b78bfcdea598e126bf6b0548b82abfe2d169b18421a78044f98708bf",
        LaneKeys.lane(h("channel-1"), h("miner-1"), chunk).hex());
  }
}
