package io.ppio.crypto.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.env.simulated.fixtures.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Case C2 of the data and proofs specification: every path proves its leaf and nothing else.
class ListRootTest {
  private static final int LEAVES_MAX = 16_384;

  private static List<Hash> leaves(int count, RandomGenerator random) {
    List<Hash> leaves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[Hash.SIZE];
      random.nextBytes(bytes);
      leaves.add(Hash.of(bytes));
    }
    return leaves;
  }

  private static Hash flipped(Hash hash, RandomGenerator random) {
    byte[] bytes = hash.toArray();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Hash.of(bytes);
  }

  @Test
  void everyLeafOfEveryTreeUpTo130HasAPath() {
    List<Hash> all = leaves(130, new Random(1));
    for (int count = 1; count <= all.size(); count++) {
      List<Hash> leaves = all.subList(0, count);
      Hash root = ListRoot.root(leaves);
      for (int index = 0; index < count; index++) {
        List<Hash> path = ListRoot.path(leaves, index);
        assertTrue(ListRoot.proves(leaves.get(index), index, count, path, root));
        for (int other = 0; other < count; other += 7) {
          assertEquals(
              other == index, ListRoot.proves(leaves.get(index), other, count, path, root));
        }
      }
    }
  }

  @Seeds(12)
  void pathsOfRandomTreesHoldAndNoDamagedOneDoes(RandomGenerator random) {
    int count = 2 + random.nextInt(LEAVES_MAX - 1);
    List<Hash> leaves = leaves(count, random);
    Hash root = ListRoot.root(leaves);
    for (int i = 0; i < 4; i++) {
      int index = random.nextInt(count);
      Hash leaf = leaves.get(index);
      List<Hash> path = ListRoot.path(leaves, index);
      assertTrue(ListRoot.proves(leaf, index, count, path, root));
      assertFalse(ListRoot.proves(flipped(leaf, random), index, count, path, root));
      assertFalse(ListRoot.proves(leaf, index, count, path, flipped(root, random)));
      assertFalse(ListRoot.proves(leaf, (index + 1) % count, count, path, root));
      assertFalse(ListRoot.proves(leaf, index, index, path, root));
      assertFalse(ListRoot.proves(leaf, -1, count, path, root));
      for (int at = 0; at < path.size(); at++) {
        List<Hash> damaged = new ArrayList<>(path);
        damaged.set(at, flipped(path.get(at), random));
        assertFalse(ListRoot.proves(leaf, index, count, damaged, root));
        damaged = new ArrayList<>(path);
        Collections.swap(damaged, at, (at + 1) % path.size());
        assertEquals(path.equals(damaged), ListRoot.proves(leaf, index, count, damaged, root));
        damaged = new ArrayList<>(path);
        damaged.remove(at);
        assertFalse(ListRoot.proves(leaf, index, count, damaged, root));
        damaged.add(at, leaf);
        damaged.add(leaf);
        assertFalse(ListRoot.proves(leaf, index, count, damaged, root));
      }
    }
  }

  @Seeds(50)
  void aNodePassesForNoLeaf(RandomGenerator random) {
    List<Hash> leaves = leaves(2 + random.nextInt(500), random);
    int index = random.nextInt(leaves.size());
    List<Hash> path = ListRoot.path(leaves, index);
    Hash root = ListRoot.root(leaves);
    Hash sibling = path.getFirst();
    for (Hash node :
        List.of(
            ListRoot.node(leaves.get(index), sibling), ListRoot.node(sibling, leaves.get(index)))) {
      assertFalse(ListRoot.proves(node, index, leaves.size(), path.subList(1, path.size()), root));
    }
  }
}
