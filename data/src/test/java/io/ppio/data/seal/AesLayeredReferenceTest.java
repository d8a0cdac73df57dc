package io.ppio.data.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.data.fixtures.KnownObject;
import io.ppio.env.simulated.fixtures.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// The codec against the formula of the data and proofs specification, section 4.2, done block by
/// block; statistics of its output.
class AesLayeredReferenceTest {
  private static final ReplicaId RID = new ReplicaId(Hash.sha256(new byte[] {9}));

  /// `c_t = AES_K(x_t ⊕ c_{t-1})` over positions in ascending order for odd layers and in
  /// descending order for even ones.
  private static byte[] reference(ReplicaId rid, int tile, byte[] plain) throws Exception {
    FixedWidth place = new FixedWidth().hash(rid.hash()).u32(tile);
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(Hash.tagged("ppio/seal/key", place).toArray(), "AES"));
    byte[] layer = plain.clone();
    int blocks = Tile.SIZE / 16;
    for (int number = 1; number <= 8; number++) {
      FixedWidth name = new FixedWidth().hash(rid.hash()).u32(tile).u8(number);
      byte[] previous = Arrays.copyOf(Hash.tagged("ppio/seal/iv", name).toArray(), 16);
      for (int t = 0; t < blocks; t++) {
        int at = 16 * (number % 2 == 1 ? t : blocks - 1 - t);
        for (int i = 0; i < 16; i++) {
          previous[i] ^= layer[at + i];
        }
        previous = aes.doFinal(previous);
        System.arraycopy(previous, 0, layer, at, 16);
      }
    }
    return layer;
  }

  @Seeds(3)
  void sealsAsTheFormulaSays(RandomGenerator random) throws Exception {
    byte[] plain = new byte[Tile.SIZE];
    random.nextBytes(plain);
    int tile = random.nextInt(Tile.PER_SEGMENT_MAX);
    byte[] sealed = plain.clone();
    AesLayered.sealInPlace(RID, tile, sealed);
    assertArrayEquals(reference(RID, tile, plain), sealed);
  }

  @Seeds(3)
  void oneTileIsUnsealedAlone(RandomGenerator random) throws IOException {
    byte[] plain = new byte[Tile.SIZE];
    random.nextBytes(plain);
    byte[] sealed = plain.clone();
    AesLayered.sealInPlace(RID, 2, sealed);
    byte[] unsealed = new byte[Tile.SIZE];
    new AesLayered()
        .unsealTile(
            RID,
            3,
            2,
            (tile, into) -> {
              assertEquals(2, tile);
              System.arraycopy(sealed, 0, into, 0, Tile.SIZE);
            },
            unsealed);
    assertArrayEquals(plain, unsealed);
  }

  /// Four blocks a side are lost in eight layers, and nothing is at the ends of the tile.
  @Seeds(200)
  void aRunOfAnyPlaceAndLengthIsRightFourBlocksFromItsEnds(RandomGenerator random) {
    byte[] plain = new byte[Tile.SIZE];
    plain[Tile.SIZE / 2] = 1;
    byte[] sealed = plain.clone();
    AesLayered.sealInPlace(RID, 0, sealed);
    int blocks = Tile.SIZE / 16;
    int begin = random.nextInt(4) == 0 ? 0 : random.nextInt(blocks);
    int end = random.nextInt(4) == 0 ? blocks : begin + random.nextInt(blocks - begin + 1);
    byte[] run = Arrays.copyOfRange(sealed, 16 * begin, 16 * end);
    AesLayered.unsealRun(RID, 0, 16 * begin, run);
    int first = begin == 0 ? 0 : begin + 4;
    int last = end == blocks ? blocks : end - 4;
    if (first < last) {
      assertArrayEquals(
          Arrays.copyOfRange(plain, 16 * first, 16 * last),
          Arrays.copyOfRange(run, 16 * (first - begin), 16 * (last - begin)));
    }
  }

  /// The second layer starts where the first one ended: whatever changed has reached that end, so
  /// from there on every block differs. C11 holds for all blocks of the tile, not only for 99 %.
  @Test
  void oneFlippedBitAnywhereChangesEveryBlockOfItsTile() {
    byte[] before = new byte[Tile.SIZE];
    AesLayered.sealInPlace(RID, 0, before);
    for (int at : new int[] {0, 15, 16, 65_536, Tile.SIZE - 17, Tile.SIZE - 1}) {
      byte[] after = new byte[Tile.SIZE];
      after[at] = 1;
      AesLayered.sealInPlace(RID, 0, after);
      for (int block = 0; block < Tile.SIZE; block += 16) {
        assertTrue(Arrays.mismatch(before, block, block + 16, after, block, block + 16) >= 0);
      }
    }
  }

  /// 330.5 is the 99.9 % point for 255 degrees of freedom.
  @Test
  void sealedZerosHaveBytesOfEqualFrequency() {
    long[] count = new long[256];
    for (int tile = 0; tile < 8; tile++) {
      byte[] bytes = new byte[Tile.SIZE];
      AesLayered.sealInPlace(RID, tile, bytes);
      for (byte value : bytes) {
        count[value & 0xff]++;
      }
    }
    double expected = 8.0 * Tile.SIZE / 256;
    double chiSquare = 0;
    for (long observed : count) {
      chiSquare += (observed - expected) * (observed - expected) / expected;
    }
    assertTrue(chiSquare < 330.5, "chi square " + chiSquare);
  }

  @Test
  void tilesOfOneReplicaAreSealedDifferently() {
    byte[] one = new byte[Tile.SIZE];
    byte[] two = new byte[Tile.SIZE];
    AesLayered.sealInPlace(RID, 0, one);
    AesLayered.sealInPlace(RID, 1, two);
    for (int block = 0; block < Tile.SIZE; block += 16) {
      assertTrue(Arrays.mismatch(one, block, block + 16, two, block, block + 16) >= 0);
    }
  }

  @Test
  void row26InitialVectorOfALayer() {
    assertEquals(
        "6abab2c003acb08e79f47d969f5662f9c184dab2e5716b68a64749b7245f3449",
        new KnownObject().replica(SealProfile.STANDARD).initialVector(0, 1).hex());
  }

  @Test
  void profilesAreFoundByTheirIds() {
    for (SealProfile profile : SealProfile.values()) {
      assertEquals(profile, SealProfile.of(profile.code()).orElseThrow());
    }
    for (int reserved = 4; reserved < 15; reserved++) {
      assertTrue(SealProfile.of(reserved).isEmpty());
    }
  }

  @Test
  void warmingUpRunsEveryPrimitive() {
    assertDoesNotThrow(() -> Warmup.run(20, 1));
    byte[] plain = new byte[Tile.SIZE];
    new Random(1).nextBytes(plain);
    byte[] bytes = plain.clone();
    AesLayered.sealInPlace(RID, 0, bytes);
    AesLayered.unsealRun(RID, 0, 0, bytes);
    assertArrayEquals(plain, bytes);
  }
}
