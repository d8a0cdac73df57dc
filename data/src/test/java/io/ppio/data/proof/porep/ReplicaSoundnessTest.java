package io.ppio.data.proof.porep;

import static io.ppio.data.proof.KnownSegment.h;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileTree;
import io.ppio.data.proof.KnownSegment;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.segment.DamagedTile;
import io.ppio.env.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a dishonest replica gets past the verifier (C12): nothing whole, and wrong blocks only with
/// the probability that 16 draws leave.
class ReplicaSoundnessTest {
  private static final int TILES = 2;
  private final ReplicaId rid = new ReplicaId(h("replica"));
  private final ReplicaId other = new ReplicaId(h("another replica"));
  private final KnownSegment plain = KnownSegment.published();

  private interface Seal {
    byte[] of(int tile, byte[] plain);
  }

  /// A prover that answers with whatever bytes it has: honest paths, no check of its own.
  private static final class Cheat {
    private final KnownSegment plain;
    private final KnownSegment sealed;
    private final List<TileTree> plainTrees;
    private final List<TileTree> sealedTrees;

    private Cheat(KnownSegment plain, KnownSegment sealed) {
      this.plain = plain;
      this.sealed = sealed;
      this.plainTrees = plain.tileTrees();
      this.sealedTrees = sealed.tileTrees();
    }

    private List<SealCheck> answer(List<Long> positions) {
      List<SealCheck> checks = new ArrayList<>();
      for (long position : positions) {
        int tile = (int) (position / Tile.BLOCKS);
        int block = (int) (position % Tile.BLOCKS);
        List<OpenedLeaf> leaves = new ArrayList<>();
        for (int b = Math.max(0, block - 1); b <= Math.min(Tile.BLOCKS - 1, block + 1); b++) {
          leaves.add(open(sealed, sealedTrees.get(tile), tile, b));
        }
        leaves.add(open(plain, plainTrees.get(tile), tile, block));
        checks.add(new SealCheck(leaves));
      }
      return checks;
    }

    private static OpenedLeaf open(KnownSegment segment, TileTree tree, int tile, int block) {
      byte[] bytes = segment.tiles().get(tile);
      return new OpenedLeaf(
          Bytes.of(bytes, block * Tile.BLOCK, Tile.BLOCK),
          segment.tree().blockPath(tile, block, tree));
    }
  }

  private KnownSegment sealed(Seal seal) {
    List<byte[]> tiles = new ArrayList<>();
    for (int tile = 0; tile < TILES; tile++) {
      tiles.add(seal.of(tile, plain.tiles().get(tile)));
    }
    return KnownSegment.of(tiles);
  }

  private ReplicaProof claim(KnownSegment sealed) {
    return new ReplicaProof(rid, TILES, plain.tree().root(), sealed.tree().root());
  }

  /// Of `trials` challenges, how many the verifier rejects.
  private int rejected(KnownSegment sealed, int trials) {
    ReplicaProof claim = claim(sealed);
    Cheat cheat = new Cheat(plain, sealed);
    int rejected = 0;
    for (int i = 0; i < trials; i++) {
      List<Long> positions = claim.positions(Hash.tagged("b", new FixedWidth().u32(i)));
      rejected += claim.fault(positions, cheat.answer(positions)).isPresent() ? 1 : 0;
    }
    return rejected;
  }

  private static void checkRate(int rejected, int trials, double p) {
    double sigma = Math.sqrt(trials * p * (1 - p));
    assertTrue(
        Math.abs(rejected - trials * p) <= 3 * sigma + 1e-9,
        rejected + " of " + trials + " rejected, expected " + trials * p + " ± " + 3 * sigma);
  }

  @Test
  void theSealWrittenOnceMoreIsTheSameSeal() throws IOException {
    List<byte[]> tiles = new ArrayList<>();
    new AesLayered().seal(rid, TILES, plain.source(), (_, bytes) -> tiles.add(bytes.clone()));
    KnownSegment again = sealed((tile, bytes) -> OddSeal.right().seal(rid, tile, bytes));
    assertEquals(KnownSegment.of(tiles).tree(), again.tree());
    assertEquals(0, rejected(again, 50));
  }

  @Test
  void anotherReplicasCopyIsRefused() {
    KnownSegment copy = sealed((tile, bytes) -> OddSeal.right().seal(other, tile, bytes));
    assertEquals(100, rejected(copy, 100));
    List<Long> positions = claim(copy).positions(h("b"));
    assertEquals(
        Optional.of(
            new ReplicaProof.Fault(
                0,
                "leaf "
                    + positions.getFirst()
                    + " unseals to something else than the contracted bytes")),
        claim(copy).fault(positions, new Cheat(plain, copy).answer(positions)));
  }

  @Test
  void plainBytesAreNoReplica() {
    assertEquals(100, rejected(plain, 100));
  }

  @Test
  void layersInTheWrongOrderAreRefused() {
    KnownSegment turned =
        sealed((tile, bytes) -> OddSeal.withLayersTurnedRound().seal(rid, tile, bytes));
    assertEquals(100, rejected(turned, 100));
  }

  @Test
  void swappedVectorsAreSeenAtTheEndsOfTilesOnly() {
    KnownSegment swapped =
        sealed((tile, bytes) -> OddSeal.withSwappedVectors().seal(rid, tile, bytes));
    // a vector enters one chain at its end of the tile, so 2 of 128 leaves unseal wrongly
    int trials = 1_000;
    checkRate(rejected(swapped, trials), trials, 1 - Math.pow(126.0 / 128, 16));
  }

  @Test
  void wrongBlocksPassAsOftenAsPredicted() {
    for (int percent : List.of(2, 10, 50)) {
      KnownSegment wrong = sealed((tile, bytes) -> OddSeal.right().seal(rid, tile, bytes));
      int leaves = TILES * Tile.BLOCKS;
      int damaged = Math.max(1, leaves * percent / 100);
      List<Integer> all = new ArrayList<>();
      for (int leaf = 0; leaf < leaves; leaf++) {
        all.add(leaf);
      }
      java.util.Collections.shuffle(all, new Random(percent));
      for (int leaf : all.subList(0, damaged)) {
        // the middle of a leaf: no other leaf depends on it
        int middle = leaf % Tile.BLOCKS * Tile.BLOCK + Tile.BLOCK / 2;
        wrong.tiles().get(leaf / Tile.BLOCKS)[middle] ^= 1;
      }
      int trials = 1_000;
      double delta = (double) damaged / leaves;
      checkRate(
          rejected(KnownSegment.of(wrong.tiles()), trials),
          trials,
          1 - Math.pow(1 - delta, ReplicaProof.POSITIONS));
    }
  }

  @Test
  void answersToOtherPositionsOrOfOtherLengthAreRefused() {
    KnownSegment honest = sealed((tile, bytes) -> OddSeal.right().seal(rid, tile, bytes));
    ReplicaProof claim = claim(honest);
    Cheat prover = new Cheat(plain, honest);
    List<Long> asked = claim.positions(h("b1"));
    List<SealCheck> answers = prover.answer(asked);
    assertEquals(Optional.empty(), claim.fault(asked, answers));
    assertTrue(claim.fault(asked, prover.answer(claim.positions(h("b2")))).isPresent());
    assertTrue(claim.fault(asked, answers.subList(0, 15)).isPresent());
    List<SealCheck> shorter = new ArrayList<>(answers);
    shorter.set(3, new SealCheck(answers.get(3).leaves().subList(1, 4)));
    assertEquals(
        Optional.of(new ReplicaProof.Fault(3, "wrong number of leaves")),
        claim.fault(asked, shorter));
    List<SealCheck> empty = new ArrayList<>(answers);
    empty.set(5, new SealCheck(List.of()));
    assertTrue(claim.fault(asked, empty).isPresent());
  }

  @Test
  void aRootThatWasNotCommittedToIsRefused() {
    KnownSegment honest = sealed((tile, bytes) -> OddSeal.right().seal(rid, tile, bytes));
    var claim = new ReplicaProof(rid, TILES, plain.tree().root(), h("another root"));
    List<Long> positions = claim.positions(h("b"));
    assertTrue(claim.fault(positions, new Cheat(plain, honest).answer(positions)).isPresent());
  }

  @Test
  void anHonestProverNoticesThatItsDiskLies() {
    KnownSegment sealed = sealed((tile, bytes) -> OddSeal.right().seal(rid, tile, bytes));
    ReplicaProof claim = claim(sealed);
    var trees = new ReplicaProof.Trees(plain.tree(), sealed.tree());
    sealed.tiles().get(1)[77] ^= 1;
    List<Long> positions = List.of(3L, 200L);
    DamagedTile damage =
        assertThrows(DamagedTile.class, () -> claim.prove(positions, trees, sealed.source()));
    assertEquals(1, damage.tile());
  }
}
