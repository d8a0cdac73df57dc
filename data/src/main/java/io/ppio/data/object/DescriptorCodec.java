package io.ppio.data.object;

import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.crypto.hash.FixedWidth;
import io.ppio.crypto.hash.Hash;
import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The fixed binary form of a [Descriptor], big-endian, authenticated by `HMAC-SHA256(K_mac, …)` at
/// its end (data and proofs specification 1.5). Stateless.
final class DescriptorCodec {
  private static final int MAGIC = 0x50504f44;
  private static final int VERSION = 1;
  private static final int HEADER = 88;
  private static final int PER_SEGMENT = 68;

  private DescriptorCodec() {}

  static Bytes encode(Descriptor descriptor, ObjectKey key) {
    Redundancy redundancy = descriptor.redundancy();
    FixedWidth fields =
        new FixedWidth()
            .u32(MAGIC)
            .u8(VERSION)
            .u8(0)
            .u8(redundancy.fragmented() ? 1 : 0)
            .u8(descriptor.acl().code())
            .u64(descriptor.length())
            .u32(descriptor.segments().size())
            .u8(redundancy.dataFragments())
            .u8(redundancy.parityFragments())
            .u8(redundancy.copies())
            .u8(descriptor.profile())
            .hash(descriptor.commitment())
            .hash(descriptor.nonce());
    for (Descriptor.Segment segment : descriptor.segments()) {
      fields.hash(segment.chunkHash()).u32(segment.tiles()).hash(segment.root());
      segment.fragmentRoots().forEach(fields::hash);
    }
    byte[] bytes = fields.bytes(new byte[Hash.SIZE]).toArray();
    sign(bytes, key);
    return Bytes.of(bytes);
  }

  /// Writes the MAC over all of `bytes` but the last 32 into those.
  static void sign(byte[] bytes, ObjectKey key) {
    int body = bytes.length - Hash.SIZE;
    System.arraycopy(mac(key, ByteBuffer.wrap(bytes, 0, body)), 0, bytes, body, Hash.SIZE);
  }

  /// Looks at the key commitment before anything else that the key could tell, then at the MAC, and
  /// only then at what the fields mean.
  static Descriptor decode(Bytes bytes, ObjectKey key) throws MalformedMessage {
    if (bytes.size() < HEADER + PER_SEGMENT + Hash.SIZE) {
      throw new MalformedMessage("descriptor ends early");
    }
    ByteBuffer in = bytes.buffer();
    if (in.getInt() != MAGIC || in.get() != VERSION) {
      throw new MalformedMessage("no descriptor of version 1");
    }
    if (in.get() != 0) {
      throw new MalformedMessage("descriptor with an unknown hash or flag");
    }
    int kind = in.get() & 0xff;
    int acl = in.get() & 0xff;
    long length = in.getLong();
    int count = in.getInt();
    int dataFragments = in.get() & 0xff;
    int parityFragments = in.get() & 0xff;
    int copies = in.get() & 0xff;
    int profile = in.get() & 0xff;
    Hash commitment = hash(in);
    Hash nonce = hash(in);
    if (kind != (dataFragments > 0 ? 1 : 0)) {
      throw new MalformedMessage("descriptor with contradictory redundancy");
    }
    int fragments = dataFragments + parityFragments;
    long segmentBytes = PER_SEGMENT + (long) fragments * Hash.SIZE;
    if (count < 1
        || count > Descriptor.SEGMENTS_MAX
        || bytes.size() != HEADER + count * segmentBytes + Hash.SIZE) {
      throw new MalformedMessage("descriptor of wrong length");
    }
    if (!commitment.equals(key.commitment())) {
      throw new MalformedMessage("descriptor of another key");
    }
    checkMac(bytes, key);
    try {
      return new Descriptor(
          Acl.of(acl).orElseThrow(() -> new MalformedMessage("descriptor with unknown acl")),
          length,
          new Redundancy(copies, dataFragments, parityFragments),
          profile,
          commitment,
          nonce,
          segments(in, count, fragments));
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage("descriptor: " + e.getMessage());
    }
  }

  private static void checkMac(Bytes bytes, ObjectKey key) throws MalformedMessage {
    int body = bytes.size() - Hash.SIZE;
    byte[] wanted = mac(key, bytes.buffer().limit(body));
    if (!MessageDigest.isEqual(wanted, bytes.slice(body, bytes.size()).toArray())) {
      throw new MalformedMessage("descriptor was altered");
    }
  }

  private static List<Descriptor.Segment> segments(ByteBuffer in, int count, int fragments) {
    List<Descriptor.Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Hash chunk = hash(in);
      int tiles = in.getInt();
      Hash root = hash(in);
      List<Hash> roots = new ArrayList<>(fragments);
      for (int fragment = 0; fragment < fragments; fragment++) {
        roots.add(hash(in));
      }
      segments.add(new Descriptor.Segment(chunk, tiles, root, roots));
    }
    return segments;
  }

  private static Hash hash(ByteBuffer in) {
    byte[] bytes = new byte[Hash.SIZE];
    in.get(bytes);
    return Hash.of(bytes);
  }

  private static byte[] mac(ObjectKey key, ByteBuffer body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.macKey(), "HmacSHA256"));
      mac.update(body);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
