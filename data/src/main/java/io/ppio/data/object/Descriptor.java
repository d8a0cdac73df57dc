package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.merkle.Tile;
import io.ppio.env.Bytes;
import io.ppio.env.Check;
import java.util.List;

/// What a reader needs to verify single pieces of an object without the ledger (data and proofs
/// specification 1.5). Bytes: `docs/formats/descriptor.md`.
///
/// The segments must be those that the length is cut into: all but the last have the same number of
/// tiles, and the last holds the remainder. Immutable.
///
/// @param acl who may read the object
/// @param length plaintext bytes, at least 1
/// @param redundancy copies or fragments
/// @param profile seal profile id
/// @param commitment `KC` of the object key
/// @param nonce random, per object
/// @param segments in order, at least one
public record Descriptor(
    Acl acl,
    long length,
    Redundancy redundancy,
    int profile,
    Hash commitment,
    Hash nonce,
    List<Segment> segments) {
  /// Segments a descriptor may have: 10 GiB in segments of one tile, the smallest of test networks.
  static final int SEGMENTS_MAX = 81_920;

  /// One segment.
  ///
  /// @param chunkHash of the unpadded ciphertext
  /// @param tiles T, 1 to 128
  /// @param root `DT`
  /// @param fragmentRoots of all n + m fragments, also those of zeros; none for whole segments
  public record Segment(Hash chunkHash, int tiles, Hash root, List<Hash> fragmentRoots) {
    public Segment {
      Check.range(tiles, 1, Tile.PER_SEGMENT_MAX, "tiles of a segment");
      fragmentRoots = List.copyOf(fragmentRoots);
    }

    /// A segment that is stored whole.
    public Segment(Hash chunkHash, int tiles, Hash root) {
      this(chunkHash, tiles, root, List.of());
    }
  }

  public Descriptor {
    segments = List.copyOf(segments);
    Check.range(profile, 0, 255, "profile");
    Check.range(segments.size(), 1, SEGMENTS_MAX, "segments");
    ObjectLayout layout = layout(length, segments);
    Check.range(segments.size(), layout.segments(), layout.segments(), "segments");
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      Check.range(segment.tiles(), layout.tiles(i), layout.tiles(i), "tiles of segment " + i);
      int fragments = redundancy.fragments();
      Check.range(segment.fragmentRoots().size(), fragments, fragments, "fragment roots");
    }
  }

  private static ObjectLayout layout(long length, List<Segment> segments) {
    return new ObjectLayout(length, segments.getFirst().tiles() * Tile.SIZE);
  }

  /// Where the segments lie; of a single one it says its own tiles as the segment size.
  public ObjectLayout layout() {
    return layout(length, segments);
  }

  /// The bytes, with the MAC of `key` at their end.
  ///
  /// @param key the one committed to
  public Bytes encode(ObjectKey key) {
    Check.that(commitment.equals(key.commitment()), "a descriptor is authenticated by its own key");
    return DescriptorCodec.encode(this, key);
  }

  /// The descriptor that `bytes` hold.
  ///
  /// @throws MalformedMessage when the form is wrong, `key` is not the one committed to, or the MAC
  ///   differs
  public static Descriptor decode(Bytes bytes, ObjectKey key) throws MalformedMessage {
    return DescriptorCodec.decode(bytes, key);
  }
}
