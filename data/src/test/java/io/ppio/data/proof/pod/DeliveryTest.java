package io.ppio.data.proof.pod;

import static io.ppio.data.proof.KnownSegment.h;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.proof.KnownSegment;
import io.ppio.env.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a delivery proves and what it does not let pass (C15, C16 without the ledger's verdict).
class DeliveryTest {
  private static final int TILES = 11;
  private final KnownSegment plain = segment(1);
  private final LaneKeys keys = new LaneKeys(h("secret"), new Windows(TILES, 4));
  private final SegmentTree ciphered = tree(keys, plain);
  private final Delivery lane =
      new Delivery(keys.windows(), plain.tree().root(), ciphered.root(), keys.keyRoot());

  private static KnownSegment segment(int seed) {
    byte[] bytes = new byte[TILES * Tile.SIZE];
    new Random(seed).nextBytes(bytes);
    return KnownSegment.of(bytes);
  }

  private static SegmentTree tree(LaneKeys keys, KnownSegment segment) {
    try {
      return new CipheredSegment(keys).tree(segment.source());
    } catch (IOException e) {
      throw new IllegalStateException("tiles in memory", e);
    }
  }

  private static byte[] cipher(LaneKeys keys, int piece, byte[] bytes) {
    byte[] copy = bytes.clone();
    new CipheredSegment(keys).cipher(piece, copy);
    return copy;
  }

  @Test
  void windowsCoverEveryPieceOnce() {
    for (int pieces = 1; pieces <= 128; pieces++) {
      for (int size : new int[] {1, 3, 8, 64}) {
        Windows windows = new Windows(pieces, size);
        int covered = 0;
        for (int j = 0; j < windows.count(); j++) {
          assertEquals(covered, windows.first(j));
          for (int i = 0; i < windows.length(j); i++) {
            assertEquals(j, windows.of(covered + i));
          }
          covered += windows.length(j);
        }
        assertEquals(pieces, covered);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Windows.standard(8).of(8));
    assertThrows(IllegalArgumentException.class, () -> new Windows(129, 8));
  }

  @Test
  void aPieceIsDecipheredByCipheringItAgain() {
    TileHasher hasher = new TileHasher();
    for (int piece = 0; piece < TILES; piece++) {
      byte[] sent = cipher(keys, piece, plain.tiles().get(piece));
      assertEquals(ciphered.tileRoots().get(piece), hasher.root(sent, 0));
      assertArrayEquals(plain.tiles().get(piece), cipher(keys, piece, sent));
    }
  }

  @Test
  void piecesOfTwoLanesCombineAfterDeciphering() {
    LaneKeys other = new LaneKeys(h("another secret"), new Windows(TILES, 2));
    List<byte[]> tiles = new ArrayList<>();
    for (int piece = 0; piece < TILES; piece++) {
      LaneKeys from = piece % 2 == 0 ? keys : other;
      tiles.add(cipher(from, piece, cipher(from, piece, plain.tiles().get(piece))));
    }
    assertEquals(plain.tree().root(), KnownSegment.of(tiles).tree().root());
  }

  @Test
  void theKeystreamLooksRandomAndRepeatsNoBlock() {
    int[] counts = new int[256];
    Set<Bytes> blocks = new HashSet<>();
    int total = TILES * Tile.SIZE;
    for (int piece = 0; piece < TILES; piece++) {
      byte[] stream = cipher(keys, piece, new byte[Tile.SIZE]);
      for (int at = 0; at < stream.length; at += 16) {
        assertTrue(blocks.add(Bytes.of(stream, at, 16)), "a block of key stream repeats");
      }
      for (byte b : stream) {
        counts[b & 0xff]++;
      }
    }
    double expected = total / 256.0;
    double chi2 = 0;
    for (int count : counts) {
      chi2 += (count - expected) * (count - expected) / expected;
    }
    // 255 degrees of freedom: p > 0.001 below 330.5; the stream is fixed, so is the outcome
    assertTrue(chi2 < 330.5, "chi square " + chi2);
  }

  private List<SpotAnswer.Leaf> answer(List<Long> positions, LaneKeys with) throws IOException {
    var trees = new Delivery.Trees(plain.tree(), ciphered);
    return Delivery.open(positions, with, trees, plain.source());
  }

  @Test
  void spotChecksHoldForTheCommittedCipherOnly() throws IOException {
    for (int i = 0; i < 20; i++) {
      List<Long> positions =
          new SpotCheck(h("lane"), 9, h("nonce " + i)).positions(h("beacon"), TILES);
      List<SpotAnswer.Leaf> leaves = answer(positions, keys);
      assertTrue(lane.holds(positions, keys, leaves));
      LaneKeys other = new LaneKeys(h("another secret"), keys.windows());
      assertFalse(lane.holds(positions, other, leaves), "keys that are not the deposited ones");
      assertFalse(lane.holds(positions, keys, answer(positions, other)));
      assertFalse(lane.holds(positions, keys, leaves.subList(0, 1)));
      assertFalse(lane.holds(positions, keys, leaves.reversed()));
      var elsewhere =
          new Delivery(keys.windows(), segment(2).tree().root(), ciphered.root(), keys.keyRoot());
      assertFalse(elsewhere.holds(positions, keys, leaves), "bytes that were not contracted");
    }
  }

  @Test
  void otherNoncesAskForOtherBlocks() {
    Set<List<Long>> asked = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      asked.add(new SpotCheck(h("lane"), 9, h("nonce " + i)).positions(h("beacon"), TILES));
    }
    assertTrue(asked.size() > 45);
  }
}
