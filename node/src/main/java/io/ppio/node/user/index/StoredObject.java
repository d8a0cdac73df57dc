package io.ppio.node.user.index;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.Hash;
import io.ppio.data.object.WrapMode;
import io.ppio.data.object.WrappedKey;
import io.ppio.env.Bytes;
import java.util.List;

/// What is needed to fetch and open an object besides its contracts.
///
/// @param id 16 random bytes
/// @param key the object key as the owner keeps it
/// @param nonce the random nonce of the descriptor
/// @param profile seal profile id
/// @param segments in object order; known so far while an upload runs
public record StoredObject(
    Bytes id, WrappedKey key, Hash nonce, int profile, List<Segment> segments) {
  /// Bytes of an id.
  public static final int ID_SIZE = 16;

  /// Segments of a 10 GiB object at 16 MiB each, and room for the small segments of test networks.
  static final int SEGMENTS_MAX = 1 << 20;

  /// One segment as it is stored.
  ///
  /// @param size bytes without padding
  /// @param chunkHash SHA-256 of those bytes
  /// @param root Merkle root of the padded segment
  public record Segment(int size, Hash chunkHash, Hash root) {
    /// The encoded segment.
    public byte[] encode() {
      return new CanonicalWriter().u32(1, size).hash(2, chunkHash).hash(3, root).toBytes();
    }

    /// Decodes one.
    public static Segment decode(byte[] encoded) throws MalformedMessage {
      CanonicalReader in = new CanonicalReader(encoded);
      Segment segment = new Segment(in.u32(1, Integer.MAX_VALUE), in.hash(2), in.hash(3));
      in.end();
      return segment;
    }
  }

  public StoredObject {
    segments = List.copyOf(segments);
  }

  /// The same with its segments known.
  public StoredObject withSegments(List<Segment> known) {
    return new StoredObject(id, key, nonce, profile, known);
  }

  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .bytes(1, id)
            .u32(2, key.mode().code())
            .bytes(3, key.wrapped())
            .hash(4, nonce)
            .u32(5, profile)
            .list(6, segments, Segment::encode)
            .toBytes());
  }

  static StoredObject decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    StoredObject object =
        new StoredObject(
            in.fixedBytes(1, ID_SIZE),
            key(in),
            in.hash(4),
            in.u32(5, 15),
            in.list(6, SEGMENTS_MAX, 128, Segment::decode));
    in.end();
    return object;
  }

  private static WrappedKey key(CanonicalReader in) throws MalformedMessage {
    WrapMode mode =
        WrapMode.of(in.u32(2)).orElseThrow(() -> new MalformedMessage("unknown wrap mode"));
    return new WrappedKey(mode, in.fixedBytes(3, mode.wrappedBytes()));
  }
}
