package io.ppio.crypto.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.env.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Case C2 of the data and proofs specification for trees over tiles.
class SegmentTreeTest {
  private static final class Segment {
    private final byte[] bytes;
    private final List<TileTree> tiles = new ArrayList<>();
    private final SegmentTree tree;

    private Segment(int count, long seed) {
      bytes = new byte[count * Tile.SIZE];
      new Random(seed).nextBytes(bytes);
      List<Hash> roots = new ArrayList<>();
      for (int tile = 0; tile < count; tile++) {
        tiles.add(new TileTree(bytes, tile * Tile.SIZE));
        roots.add(tiles.getLast().root());
      }
      tree = new SegmentTree(roots);
    }

    private Hash leaf(int block) {
      return new TileHasher().leaf(bytes, block * Tile.BLOCK);
    }

    private MerklePath path(int block) {
      int tile = block / Tile.BLOCKS;
      return tree.blockPath(tile, block % Tile.BLOCKS, tiles.get(tile));
    }
  }

  @Test
  void tilesAreSubtreesOfTheTreeOverAllBlocks() {
    for (int count : new int[] {1, 2, 3, 5, 7}) {
      Segment segment = new Segment(count, count);
      List<byte[]> blocks = new ArrayList<>();
      for (int block = 0; block < count * Tile.BLOCKS; block++) {
        blocks.add(
            java.util.Arrays.copyOfRange(
                segment.bytes, block * Tile.BLOCK, (block + 1) * Tile.BLOCK));
      }
      assertEquals(ListRoot.of(blocks), segment.tree.root());
      assertEquals(new TileHasher().root(segment.bytes, 0), segment.tiles.getFirst().root());
    }
  }

  @Test
  void everyBlockHasAPathThatNothingElseSatisfies() {
    Random random = new Random(1);
    Segment segment = new Segment(5, 9);
    Hash root = segment.tree.root();
    for (int i = 0; i < 200; i++) {
      int block = random.nextInt(5 * Tile.BLOCKS);
      MerklePath path = segment.path(block);
      Hash leaf = segment.leaf(block);
      assertTrue(path.provesBlock(leaf, block, 5, root));
      assertFalse(path.provesBlock(leaf, (block + 1) % (5 * Tile.BLOCKS), 5, root));
      assertFalse(path.provesBlock(leaf, block, 12, root));
      assertFalse(path.provesBlock(segment.leaf((block + 7) % 640), block, 5, root));
      List<Hash> swapped = new ArrayList<>(path.siblings());
      java.util.Collections.swap(swapped, 0, 1);
      assertFalse(new MerklePath(swapped).provesBlock(leaf, block, 5, root));
      List<Hash> shorter = path.siblings().subList(1, path.siblings().size());
      assertFalse(new MerklePath(shorter).provesBlock(leaf, block, 5, root));
      Hash node = ListRoot.node(leaf, path.siblings().getFirst());
      assertFalse(new MerklePath(shorter).provesBlock(node, block, 5, root));
    }
  }

  @Test
  void tilePathsProveTilesOfAnyCount() {
    for (int count = 1; count <= 40; count++) {
      List<Hash> roots = new ArrayList<>();
      for (int tile = 0; tile < count; tile++) {
        roots.add(Hash.sha256(new byte[] {(byte) tile}));
      }
      SegmentTree tree = new SegmentTree(roots);
      for (int tile = 0; tile < count; tile++) {
        MerklePath path = new MerklePath(ListRoot.path(tree.tileRoots(), tile));
        assertTrue(path.provesTile(roots.get(tile), tile, count, tree.root()));
        assertFalse(path.provesTile(roots.get(tile), tile, count + 128, tree.root()));
        for (int other = 0; other < count; other++) {
          assertEquals(other == tile, path.provesTile(roots.get(tile), other, count, tree.root()));
        }
      }
    }
  }

  @Test
  void encodedPathsAreReadBackAndDamagedOnesRefused() throws MalformedMessage {
    MerklePath path = new Segment(3, 3).path(300);
    Bytes encoded = path.encode();
    assertEquals(path, MerklePath.decode(encoded));
    assertThrows(MalformedMessage.class, () -> MerklePath.decode(Bytes.EMPTY));
    assertThrows(
        MalformedMessage.class, () -> MerklePath.decode(encoded.slice(0, encoded.size() - 1)));
    byte[] longer = new byte[1 + 15 * Hash.SIZE];
    longer[0] = 15;
    assertThrows(MalformedMessage.class, () -> MerklePath.decode(Bytes.of(longer)));
  }
}
