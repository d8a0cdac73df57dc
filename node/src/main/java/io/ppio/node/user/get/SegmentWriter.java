package io.ppio.node.user.get;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.SegmentTree;
import io.ppio.crypto.merkle.Tile;
import io.ppio.crypto.merkle.TileHasher;
import io.ppio.data.object.ObjectCipher;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.task.TransferMeter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// Writes a segment as far as it was fetched: its pieces from the first to [#next], checked and
/// decrypted. Outlives the lanes that fill it; used by one task at a time.
final class SegmentWriter {
  private final Place place;
  private final List<Hash> known;
  private final ObjectCipher cipher;
  private final PartFile part;
  private final TransferMeter meter;
  private final TileHasher hasher = new TileHasher();
  private final MessageDigest chunk = Hash.newSha256();
  private final List<Hash> roots = new ArrayList<>();

  /// One segment of an object.
  ///
  /// @param offset of its first byte
  record Place(int segment, long offset, StoredObject.Segment wanted) {}

  /// @param known the tile roots of the segment where they are known, else none
  /// @param cipher of the object
  SegmentWriter(
      Place place, List<Hash> known, ObjectCipher cipher, PartFile part, TransferMeter meter) {
    this.place = place;
    this.known = known.size() == pieces() ? known : List.of();
    this.cipher = cipher;
    this.part = part;
    this.meter = meter;
  }

  int segment() {
    return place.segment();
  }

  StoredObject.Segment wanted() {
    return place.wanted();
  }

  int pieces() {
    return Tile.count(wanted().size());
  }

  /// The first piece that is missing; the number of pieces when none is.
  int next() {
    return roots.size();
  }

  /// Takes the next piece of the stored ciphertext, decrypts it in place and writes it.
  ///
  /// @param bytes a whole tile
  /// @return whether it is the piece that was stored, as far as can be told by now
  boolean take(byte[] bytes) throws UserFailure {
    int piece = next();
    Hash root = hasher.root(bytes, 0);
    if (!known.isEmpty() && !known.get(piece).equals(root)) {
      return false;
    }
    int at = piece * Tile.SIZE;
    int length = Math.min(Tile.SIZE, wanted().size() - at);
    chunk.update(bytes, 0, length);
    cipher.apply(segment(), at, bytes, 0, length);
    part.write(bytes, length, place.offset() + at);
    roots.add(root);
    meter.moved(segment(), length);
    return true;
  }

  /// Whether all pieces together are the segment that was stored; asked once, at the end.
  boolean complete() {
    return next() == pieces()
        && Hash.of(chunk.digest()).equals(wanted().chunkHash())
        && new SegmentTree(roots).root().equals(wanted().root());
  }
}
