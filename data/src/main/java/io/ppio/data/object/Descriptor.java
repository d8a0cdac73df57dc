package io.ppio.data.object;

import io.ppio.data.cp.MalformedMessage;
import io.ppio.data.hash.Fields;
import io.ppio.data.hash.Hash;
import io.ppio.data.merkle.Tile;
import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a reader needs to verify single pieces of an object without the ledger (data and proofs
/// specification 1.5).
///
/// Fixed binary form, big-endian, authenticated by `HMAC-SHA256(K_mac, …)` at its end. This version
/// describes objects stored as copies; erasure-coded ones come with their redundancy.
///
/// @param acl 0 private, 1 granted, 2 public
/// @param length plaintext bytes
/// @param copies 1 to 10
/// @param profile seal profile id
/// @param commitment of the object key
/// @param nonce random, per object
public record Descriptor(
    int acl,
    long length,
    int copies,
    int profile,
    Hash commitment,
    Hash nonce,
    List<Segment> segments) {
  /// Segments a decoder accepts: an object of 10 GiB in segments of one tile.
  private static final int SEGMENTS_MAX = 81_920;

  private static final int HEADER = 88;
  private static final int PER_SEGMENT = 68;
  private static final int MAGIC = 0x50504f44;

  /// One segment: its chunk hash, its tiles and its root.
  public record Segment(Hash chunkHash, int tiles, Hash root) {}

  public Descriptor {
    segments = List.copyOf(segments);
  }

  /// The bytes, with the MAC of `key` at their end.
  public Bytes encode(ObjectKey key) {
    Fields fields =
        new Fields()
            .u32(MAGIC)
            .u8(1)
            .u8(0)
            .u8(0)
            .u8(acl)
            .u64(length)
            .u32(segments.size())
            .u8(0)
            .u8(0)
            .u8(copies)
            .u8(profile)
            .hash(commitment)
            .hash(nonce);
    for (Segment segment : segments) {
      fields.hash(segment.chunkHash()).u32(segment.tiles()).hash(segment.root());
    }
    byte[] body = fields.toArray();
    return Bytes.of(new Fields().bytes(body).bytes(mac(key, body)).toArray());
  }

  /// The descriptor that `bytes` hold.
  ///
  /// @throws MalformedMessage when the form is wrong, `key` is not the one committed to, or the MAC
  ///   differs
  public static Descriptor decode(Bytes bytes, ObjectKey key) throws MalformedMessage {
    int count = (bytes.size() - HEADER - Hash.SIZE) / PER_SEGMENT;
    if (count < 0
        || count > SEGMENTS_MAX
        || bytes.size() != HEADER + count * PER_SEGMENT + Hash.SIZE) {
      throw new MalformedMessage("descriptor of wrong length");
    }
    byte[] all = bytes.toArray();
    ByteBuffer in = ByteBuffer.wrap(all);
    if (in.getInt() != MAGIC || in.get() != 1) {
      throw new MalformedMessage("no descriptor of version 1");
    }
    if (in.getShort() != 0) {
      throw new MalformedMessage("descriptor with an unknown hash or redundancy");
    }
    int acl = in.get();
    long length = in.getLong();
    if (acl < 0 || acl > 2 || length < 1 || in.getInt() != count || in.getShort() != 0) {
      throw new MalformedMessage("descriptor with contradictory fields");
    }
    int copies = in.get();
    int profile = in.get();
    Hash commitment = hash(in);
    Hash nonce = hash(in);
    List<Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Hash chunk = hash(in);
      int tiles = in.getInt();
      if (tiles < 1 || tiles > Tile.PER_SEGMENT_MAX) {
        throw new MalformedMessage("descriptor with a segment of " + tiles + " tiles");
      }
      segments.add(new Segment(chunk, tiles, hash(in)));
    }
    if (!commitment.equals(key.commitment())) {
      throw new MalformedMessage("descriptor of another key");
    }
    byte[] wanted = mac(key, Arrays.copyOf(all, all.length - Hash.SIZE));
    if (!MessageDigest.isEqual(wanted, hash(in).toArray())) {
      throw new MalformedMessage("descriptor was altered");
    }
    return new Descriptor(acl, length, copies, profile, commitment, nonce, segments);
  }

  private static Hash hash(ByteBuffer in) {
    byte[] bytes = new byte[Hash.SIZE];
    in.get(bytes);
    return Hash.of(bytes);
  }

  private static byte[] mac(ObjectKey key, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.macKey(), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
