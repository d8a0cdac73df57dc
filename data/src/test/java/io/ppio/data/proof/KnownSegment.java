package io.ppio.data.proof;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.crypto.merkle.TileTree;
import io.ppio.data.object.ObjectCipher;
import io.ppio.data.object.ObjectKey;
import io.ppio.data.seal.SealCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The segment of the known answers (data and proofs specification 9.1), and segments of other
/// bytes in the same form.
public record KnownSegment(List<byte[]> tiles, SegmentTree tree) {
  /// D of the known answers: two tiles.
  public static KnownSegment published() {
    byte[] plain = new byte[200_000];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (i % 251);
    }
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    new ObjectCipher(new ObjectKey(key)).apply(0, 0, plain, 0, plain.length);
    return of(Arrays.copyOf(plain, 2 * Tile.SIZE));
  }

  /// A segment of whole tiles.
  public static KnownSegment of(byte[] padded) {
    List<byte[]> tiles = new ArrayList<>();
    for (int at = 0; at < padded.length; at += Tile.SIZE) {
      tiles.add(Arrays.copyOfRange(padded, at, at + Tile.SIZE));
    }
    return of(tiles);
  }

  /// A segment of these tiles.
  public static KnownSegment of(List<byte[]> tiles) {
    TileHasher hasher = new TileHasher();
    return new KnownSegment(
        tiles, new SegmentTree(tiles.stream().map(tile -> hasher.root(tile, 0)).toList()));
  }

  /// The trees of its tiles.
  public List<TileTree> tileTrees() {
    return tiles.stream().map(tile -> new TileTree(tile, 0)).toList();
  }

  /// Reads its tiles.
  public SealCodec.Source source() {
    return (tile, into) -> System.arraycopy(tiles.get(tile), 0, into, 0, Tile.SIZE);
  }

  /// H of an ASCII text.
  public static Hash h(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.US_ASCII));
  }
}
