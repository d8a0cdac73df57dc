package io.ppio.data.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/// Sealing and unsealing with the FAST profile; cases C8, C10 and C11 of the data and proofs
/// specification.
class AesLayeredTest {
  private static final ReplicaId ONE = new ReplicaId(Hash.sha256(new byte[] {1}));
  private static final ReplicaId TWO = new ReplicaId(Hash.sha256(new byte[] {2}));
  private final AesLayered codec = new AesLayered();

  private byte[] seal(ReplicaId rid, byte[] plain) throws IOException {
    byte[] sealed = new byte[plain.length];
    codec.seal(
        rid,
        plain.length / Tile.SIZE,
        (tile, into) -> System.arraycopy(plain, tile * Tile.SIZE, into, 0, Tile.SIZE),
        (tile, from) -> System.arraycopy(from, 0, sealed, tile * Tile.SIZE, Tile.SIZE));
    return sealed;
  }

  private byte[] unseal(ReplicaId rid, byte[] sealed) throws IOException {
    byte[] plain = new byte[sealed.length];
    int tiles = sealed.length / Tile.SIZE;
    byte[] bytes = new byte[Tile.SIZE];
    for (int i = 0; i < tiles; i++) {
      codec.unsealTile(
          rid,
          tiles,
          i,
          (tile, into) -> System.arraycopy(sealed, tile * Tile.SIZE, into, 0, Tile.SIZE),
          bytes);
      System.arraycopy(bytes, 0, plain, i * Tile.SIZE, Tile.SIZE);
    }
    return plain;
  }

  @Test
  void unsealingGivesBackWhatWasSealed() throws IOException {
    for (int tiles : new int[] {1, 2, 3, 127, 128}) {
      byte[] plain = new byte[tiles * Tile.SIZE];
      new Random(tiles).nextBytes(plain);
      assertArrayEquals(plain, unseal(ONE, seal(ONE, plain)), tiles + " tiles");
    }
  }

  @Test
  void copiesOfOneSegmentShareNothingAndDoNotCompress() throws IOException {
    byte[] zeros = new byte[8 * Tile.SIZE];
    byte[] one = seal(ONE, zeros);
    byte[] two = seal(TWO, zeros);
    long different = 0;
    for (int i = 0; i < one.length; i++) {
      different += Integer.bitCount((one[i] ^ two[i]) & 0xff);
    }
    double share = different / (8.0 * one.length);
    assertTrue(Math.abs(share - 0.5) < 0.001, "Hamming distance " + share);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(one);
    deflater.finish();
    assertTrue(deflater.deflate(new byte[2 * one.length]) >= one.length);
    deflater.end();
    for (int tile = 0; tile < 8; tile++) {
      int from = tile * Tile.SIZE;
      int to = from + Tile.SIZE;
      assertTrue(Arrays.mismatch(one, from, to, two, from, to) >= 0, "tile " + tile);
    }
  }

  @Test
  void oneFlippedBitChangesNearlyEveryBlockOfItsTileAndNoOther() throws IOException {
    byte[] plain = new byte[2 * Tile.SIZE];
    byte[] before = seal(ONE, plain);
    plain[77_777] ^= 1;
    byte[] after = seal(ONE, plain);
    int changed = 0;
    for (int block = 0; block < Tile.SIZE; block += 16) {
      if (Arrays.mismatch(before, block, block + 16, after, block, block + 16) >= 0) {
        changed++;
      }
    }
    assertTrue(changed >= 0.99 * Tile.SIZE / 16, changed + " of 8192 blocks");
    assertArrayEquals(
        Arrays.copyOfRange(before, Tile.SIZE, before.length),
        Arrays.copyOfRange(after, Tile.SIZE, after.length));
  }

  @Test
  void aRunIsUnsealedWithoutTheRestOfItsTile() throws IOException {
    byte[] plain = new byte[Tile.SIZE];
    new Random(5).nextBytes(plain);
    byte[] sealed = seal(ONE, plain);
    for (int leaf = 0; leaf < Tile.BLOCKS; leaf++) {
      int from = Math.max(0, leaf - 1) * Tile.BLOCK;
      int to = Math.min(Tile.BLOCKS, leaf + 2) * Tile.BLOCK;
      byte[] run = Arrays.copyOfRange(sealed, from, to);
      AesLayered.unsealRun(ONE, 0, from, run);
      int at = leaf * Tile.BLOCK;
      assertArrayEquals(
          Arrays.copyOfRange(plain, at, at + Tile.BLOCK),
          Arrays.copyOfRange(run, at - from, at - from + Tile.BLOCK),
          "leaf " + leaf);
    }
  }
}
