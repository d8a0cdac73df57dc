package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.object.ObjectCipher;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.StoredObject;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// A segment as far as it was fetched: its pieces from the first to [#next], deciphered, checked
/// and written. Outlives the lanes that fill it; used by one task at a time.
final class SegmentState {
  private final int segment;
  private final StoredObject.Segment wanted;
  private final List<Hash> known;
  private final ObjectCipher cipher;
  private final PartFile part;
  private final long offset;
  private final TileHasher hasher = new TileHasher();
  private final MessageDigest chunk = Hash.newSha256();
  private final List<Hash> roots = new ArrayList<>();

  /// Where a segment is in its object.
  ///
  /// @param offset of its first byte
  record Place(int segment, long offset) {}

  /// @param known the tile roots of the segment where they are known, else none
  /// @param cipher of the object
  SegmentState(
      Place place,
      StoredObject.Segment wanted,
      List<Hash> known,
      ObjectCipher cipher,
      PartFile part) {
    this.segment = place.segment();
    this.wanted = wanted;
    this.known = known.size() == Tile.count(wanted.size()) ? known : List.of();
    this.cipher = cipher;
    this.part = part;
    this.offset = place.offset();
  }

  int segment() {
    return segment;
  }

  StoredObject.Segment wanted() {
    return wanted;
  }

  int pieces() {
    return Tile.count(wanted.size());
  }

  /// The first piece that is missing; the number of pieces when none is.
  int next() {
    return roots.size();
  }

  /// Takes the next piece of the stored ciphertext, decrypts it in place and writes it.
  ///
  /// @param bytes a whole tile
  /// @return bytes of the object in it, or -1 when it is not the piece that was stored
  int take(byte[] bytes) throws UserFailure {
    int piece = next();
    Hash root = hasher.root(bytes, 0);
    if (!known.isEmpty() && !known.get(piece).equals(root)) {
      return -1;
    }
    int at = piece * Tile.SIZE;
    int length = Math.min(Tile.SIZE, wanted.size() - at);
    chunk.update(bytes, 0, length);
    cipher.apply(segment, at, bytes, 0, length);
    part.write(bytes, length, offset + at);
    roots.add(root);
    return length;
  }

  /// Whether all pieces together are the segment that was stored; asked once, at the end.
  boolean complete() {
    return next() == pieces()
        && Hash.of(chunk.digest()).equals(wanted.chunkHash())
        && new SegmentTree(roots).root().equals(wanted.root());
  }
}
