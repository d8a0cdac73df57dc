package io.ppio.data.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.merkle.MerklePath;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.fixtures.KnownObject;
import io.ppio.data.segment.SegmentHasher;
import io.ppio.env.simulated.fixtures.Seeds;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases C1, C3 and C4 of the data and proofs specification.
class ObjectCipherTest {
  private static final int SEGMENT = ObjectLayout.SEGMENT;
  private final ObjectCipher cipher = new ObjectCipher(KnownObject.key());

  /// Byte `i` of every plaintext here.
  private static byte plain(long i) {
    return (byte) ((i * 0x9e3779b97f4a7c15L) >>> 40);
  }

  private static byte[] plain(long offset, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = plain(offset + i);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        131_071,
        131_072,
        131_073,
        200_000,
        SEGMENT - 1,
        SEGMENT,
        SEGMENT + 1,
        100_081_904
      })
  void objectsAreCutEncryptedHashedAndPutTogetherAgain(long length) {
    ObjectLayout layout = new ObjectLayout(length, SEGMENT);
    long joined = 0;
    for (int segment = 0; segment < layout.segments(); segment++) {
      int size = layout.size(segment);
      byte[] plain = plain(layout.offset(segment), size);
      byte[] stored = Arrays.copyOf(plain, layout.tiles(segment) * Tile.SIZE);
      cipher.apply(segment, 0, stored, 0, size);
      byte[] padded = stored.clone();
      Arrays.fill(stored, size, stored.length, (byte) 0x55);
      SegmentHasher hasher = new SegmentHasher();
      List<Hash> roots = new ArrayList<>();
      for (int tile = 0; tile < layout.tiles(segment); tile++) {
        int at = tile * Tile.SIZE;
        roots.add(hasher.add(stored, at, Math.min(Tile.SIZE, size - at)));
        assertEquals(roots.getLast(), new TileHasher().root(padded, at));
      }
      assertArrayEquals(padded, stored);
      assertEquals(Hash.sha256(Arrays.copyOf(padded, size)), hasher.chunkHash());
      assertEquals(new SegmentTree(roots), hasher.tree());
      cipher.apply(segment, 0, stored, 0, size);
      assertArrayEquals(plain, Arrays.copyOf(stored, size));
      joined += size;
    }
    assertEquals(length, joined);
  }

  @Test
  void tenThousandRangesOfALargeObjectDecryptAlone() {
    ObjectLayout layout = new ObjectLayout(100_081_904, SEGMENT);
    byte[] object = plain(0, (int) layout.length());
    for (int segment = 0; segment < layout.segments(); segment++) {
      cipher.apply(segment, 0, object, (int) layout.offset(segment), layout.size(segment));
    }
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      long offset = random.nextLong(layout.length());
      int segment = (int) (offset / SEGMENT);
      long inside = offset - layout.offset(segment);
      int length = (int) Math.min(1 + random.nextInt(2_000), layout.size(segment) - inside);
      byte[] range = Arrays.copyOfRange(object, (int) offset, (int) offset + length);
      cipher.apply(segment, inside, range, 0, length);
      assertArrayEquals(plain(offset, length), range);
    }
  }

  @Test
  void aTileVerifiesAndDecryptsAlone() {
    KnownObject known = new KnownObject();
    byte[] tile = Arrays.copyOfRange(known.stored(), Tile.SIZE, 2 * Tile.SIZE);
    Hash root = new TileHasher().root(tile, 0);
    assertTrue(
        new MerklePath(ListRoot.path(known.tree().tileRoots(), 1))
            .provesTile(root, 1, 2, known.tree().root()));
    int length = KnownObject.LENGTH - Tile.SIZE;
    cipher.apply(0, Tile.SIZE, tile, 0, length);
    for (int i = 0; i < length; i++) {
      assertEquals((byte) ((Tile.SIZE + i) % 251), tile[i]);
    }
  }

  @Seeds(50)
  void buffersOnAndOffTheHeapAreTransformedInPlace(RandomGenerator random) {
    int segment = random.nextInt(700);
    int length = random.nextInt(100_000);
    long offset = random.nextLong(SEGMENT - length);
    byte[] expected = plain(7, length);
    cipher.apply(segment, offset, expected, 0, length);
    for (ByteBuffer buffer :
        List.of(ByteBuffer.allocate(length + 9), ByteBuffer.allocateDirect(length + 9))) {
      buffer.put(4, plain(7, length)).position(4).limit(4 + length);
      cipher.apply(segment, offset, buffer);
      assertEquals(4 + length, buffer.position());
      assertEquals(ByteBuffer.wrap(expected), buffer.flip().position(4));
    }
  }

  /// A segment's counters are `s·2^64 … s·2^64 + 2^20 - 1`: those of two segments are 2^64 apart,
  /// so none of the 640 segments of a 10 GiB object shares one with another.
  @Test
  void countersOfA10GiBObjectNeverRepeat() throws Exception {
    ObjectLayout layout = new ObjectLayout(10L << 30, SEGMENT);
    BigInteger previousEnd = BigInteger.ONE.negate();
    for (int segment = 0; segment < layout.segments(); segment++) {
      BigInteger first = BigInteger.valueOf(segment).shiftLeft(64);
      assertTrue(first.compareTo(previousEnd) > 0);
      previousEnd = first.add(BigInteger.valueOf((layout.size(segment) - 1L) / 16));
    }
    Cipher reference = Cipher.getInstance("AES/ECB/NoPadding");
    reference.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(KnownObject.key().encryptionKey(), "AES"));
    Set<ByteBuffer> seen = new HashSet<>();
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      int segment = random.nextInt(layout.segments());
      long block = random.nextInt(1 << 20);
      byte[] stream = new byte[16];
      cipher.apply(segment, 16 * block, stream, 0, 16);
      byte[] counter = ByteBuffer.allocate(16).putLong(segment).putLong(block).array();
      assertArrayEquals(reference.doFinal(counter), stream);
      assertTrue(seen.add(ByteBuffer.wrap(stream)), "a counter repeats");
    }
  }

  @Test
  void nothingOutsideASegmentIsEncrypted() {
    assertThrows(IllegalArgumentException.class, () -> cipher.apply(0, SEGMENT, new byte[1], 0, 1));
    assertThrows(IllegalArgumentException.class, () -> cipher.apply(0, -1, new byte[1], 0, 1));
    assertThrows(IllegalArgumentException.class, () -> cipher.apply(-1, 0, new byte[1], 0, 1));
  }

  @Test
  void onlyTheLastTileOfASegmentIsShort() {
    SegmentHasher hasher = new SegmentHasher();
    byte[] tile = new byte[Tile.SIZE];
    hasher.add(tile, 0, Tile.SIZE);
    hasher.add(tile, 0, Tile.SIZE - 1);
    assertThrows(IllegalStateException.class, () -> hasher.add(tile, 0, 1));
  }
}
