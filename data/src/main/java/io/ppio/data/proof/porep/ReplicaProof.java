package io.ppio.data.proof.porep;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.merkle.TileTree;
import io.ppio.data.proof.challenge.Challenge;
import io.ppio.data.proof.challenge.ProofType;
import io.ppio.data.seal.AesLayered;
import io.ppio.data.seal.ReplicaId;
import io.ppio.data.seal.SealCodec;
import io.ppio.data.segment.DamagedTile;
import io.ppio.env.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Proves and verifies that R is the layered AES seal of D under one replica id. Pure.
///
/// The verifier unseals the three leaves around each position itself and compares the middle one
/// with the leaf of D: a share δ of wrong leaves passes with probability (1 - δ)^16. Other codecs
/// have their own form of the check.
///
/// @param rid the replica id that the verifier derived, never one that was told
/// @param tiles T
/// @param plainRoot DT
/// @param sealedRoot RT, as committed
public record ReplicaProof(ReplicaId rid, int tiles, Hash plainRoot, Hash sealedRoot) {
  /// k_porep: positions that are asked for.
  public static final int POSITIONS = 16;

  private static final SealCodec CODEC = new AesLayered();

  /// A wrong answer, in words for a log.
  ///
  /// @param check which of the answers
  public record Fault(int check, String what) {}

  /// The leaves that are challenged, of 128·T, in the order drawn.
  ///
  /// @param beacon B(h)
  public List<Long> positions(Hash beacon) {
    return Challenge.of(beacon, new Challenge.Subject(rid.hash(), 0, ProofType.POREP))
        .positions(POSITIONS, (long) tiles * Tile.BLOCKS);
  }

  /// Opens `positions`. Reads each tile that holds one once, and unseals it.
  ///
  /// @param trees over D and over R
  /// @param sealed the tiles of R
  /// @throws DamagedTile when the bytes read do not match the tile roots
  public List<SealCheck> prove(List<Long> positions, Trees trees, SealCodec.Source sealed)
      throws IOException {
    SealCheck[] checks = new SealCheck[positions.size()];
    List<Integer> byTile = new ArrayList<>();
    for (int i = 0; i < checks.length; i++) {
      byTile.add(i);
    }
    byTile.sort(java.util.Comparator.comparing(positions::get));
    Optional<OpenTile> last = Optional.empty();
    for (int i : byTile) {
      int tile = (int) (positions.get(i) / Tile.BLOCKS);
      OpenTile open =
          last.isPresent() && last.get().tile == tile ? last.get() : load(tile, trees, sealed);
      checks[i] = open.check((int) (positions.get(i) % Tile.BLOCKS));
      last = Optional.of(open);
    }
    return Arrays.asList(checks);
  }

  private OpenTile load(int tile, Trees trees, SealCodec.Source sealed) throws IOException {
    byte[] bytes = new byte[Tile.SIZE];
    sealed.read(tile, bytes);
    byte[] plain = new byte[Tile.SIZE];
    CODEC.unsealTile(
        rid, tiles, tile, (_, into) -> System.arraycopy(bytes, 0, into, 0, Tile.SIZE), plain);
    OpenTile open = new OpenTile(tile, trees, bytes, plain);
    if (!open.sealedTree.root().equals(trees.sealed().tileRoots().get(tile))
        || !open.plainTree.root().equals(trees.plain().tileRoots().get(tile))) {
      throw new DamagedTile(tile);
    }
    return open;
  }

  /// The trees over both forms of a replica.
  public record Trees(SegmentTree plain, SegmentTree sealed) {}

  /// One tile in both forms with its trees.
  private static final class OpenTile {
    private final int tile;
    private final Trees trees;
    private final byte[] sealed;
    private final byte[] plain;
    private final TileTree sealedTree;
    private final TileTree plainTree;

    private OpenTile(int tile, Trees trees, byte[] sealed, byte[] plain) {
      this.tile = tile;
      this.trees = trees;
      this.sealed = sealed;
      this.plain = plain;
      this.sealedTree = new TileTree(sealed, 0);
      this.plainTree = new TileTree(plain, 0);
    }

    private SealCheck check(int block) {
      List<OpenedLeaf> leaves = new ArrayList<>();
      for (int b = firstBlock(block); b <= lastBlock(block); b++) {
        leaves.add(
            new OpenedLeaf(
                Bytes.of(sealed, b * Tile.BLOCK, Tile.BLOCK),
                trees.sealed().blockPath(tile, b, sealedTree)));
      }
      leaves.add(
          new OpenedLeaf(
              Bytes.of(plain, block * Tile.BLOCK, Tile.BLOCK),
              trees.plain().blockPath(tile, block, plainTree)));
      return new SealCheck(leaves);
    }
  }

  private static int firstBlock(int block) {
    return Math.max(0, block - 1);
  }

  private static int lastBlock(int block) {
    return Math.min(Tile.BLOCKS - 1, block + 1);
  }

  /// Verifies the answers to `positions`.
  ///
  /// @return the first thing wrong, or empty when all of it holds
  public Optional<Fault> fault(List<Long> positions, List<SealCheck> checks) {
    if (checks.size() != positions.size()) {
      return Optional.of(
          new Fault(0, "expected " + positions.size() + " checks, got " + checks.size()));
    }
    TileHasher hasher = new TileHasher();
    for (int i = 0; i < checks.size(); i++) {
      Optional<String> what = fault(positions.get(i), checks.get(i).leaves(), hasher);
      if (what.isPresent()) {
        return Optional.of(new Fault(i, what.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> fault(long position, List<OpenedLeaf> leaves, TileHasher hasher) {
    int tile = (int) (position / Tile.BLOCKS);
    int block = (int) (position % Tile.BLOCKS);
    int first = firstBlock(block);
    int sealedLeaves = lastBlock(block) - first + 1;
    if (leaves.size() != sealedLeaves + 1) {
      return Optional.of("wrong number of leaves");
    }
    byte[] run = new byte[sealedLeaves * Tile.BLOCK];
    for (int i = 0; i < sealedLeaves; i++) {
      leaves.get(i).block().copyTo(run, i * Tile.BLOCK);
      long at = (long) tile * Tile.BLOCKS + first + i;
      if (!leaves
          .get(i)
          .path()
          .provesBlock(hasher.leaf(run, i * Tile.BLOCK), at, tiles, sealedRoot)) {
        return Optional.of("sealed leaf " + at + " does not lead to the committed root");
      }
    }
    OpenedLeaf plain = leaves.getLast();
    byte[] plainBytes = plain.block().toArray();
    if (!plain.path().provesBlock(hasher.leaf(plainBytes, 0), position, tiles, plainRoot)) {
      return Optional.of("plain leaf " + position + " does not lead to the contracted root");
    }
    AesLayered.unsealRun(rid, tile, first * Tile.BLOCK, run);
    int from = (block - first) * Tile.BLOCK;
    boolean same = Arrays.equals(run, from, from + Tile.BLOCK, plainBytes, 0, Tile.BLOCK);
    return same
        ? Optional.empty()
        : Optional.of("leaf " + position + " unseals to something else than the contracted bytes");
  }
}
