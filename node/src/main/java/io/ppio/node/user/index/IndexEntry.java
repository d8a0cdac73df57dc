package io.ppio.node.user.index;

import io.ppio.crypto.canonical.CanonicalReader;
import io.ppio.crypto.canonical.CanonicalWriter;
import io.ppio.crypto.canonical.MalformedMessage;
import io.ppio.env.Bytes;
import java.time.Instant;
import java.util.Optional;

/// One key of a bucket: what the user called something, and which stored object it is.
///
/// @param objectId 16 bytes; empty for an empty object, which has no stored form
/// @param length plaintext bytes
/// @param expires empty for an empty object
/// @param copies copies asked for; 0 for an empty object
/// @param chiprice wei per chi as decimal text
public record IndexEntry(
    String bucket,
    String key,
    Optional<Bytes> objectId,
    long length,
    Instant created,
    Instant modified,
    Instant synchronizedAt,
    Optional<Instant> expires,
    int copies,
    String chiprice,
    String metadata) {
  private static final int BUCKET_MAX = 63;
  private static final int PRICE_MAX = 60;

  /// Whether this is an empty object, a folder marker.
  public boolean empty() {
    return objectId.isEmpty();
  }

  /// The same under another name.
  public IndexEntry renamed(String newBucket, String newKey, Instant now) {
    return new IndexEntry(
        newBucket,
        newKey,
        objectId,
        length,
        created,
        now,
        synchronizedAt,
        expires,
        copies,
        chiprice,
        metadata);
  }

  /// The same with the state of its contracts fetched at `now`.
  public IndexEntry synchronizedAt(Instant now) {
    return new IndexEntry(
        bucket, key, objectId, length, created, modified, now, expires, copies, chiprice, metadata);
  }

  Bytes encode() {
    return Bytes.of(
        new CanonicalWriter()
            .string(1, bucket)
            .string(2, key)
            .bytes(3, objectId.orElse(Bytes.EMPTY))
            .u64(4, length)
            .u64(5, micros(created))
            .u64(6, micros(modified))
            .u64(7, micros(synchronizedAt))
            .u64(8, expires.map(IndexEntry::micros).orElse(0L))
            .u32(9, copies)
            .string(10, chiprice)
            .string(11, metadata)
            .toBytes());
  }

  static IndexEntry decode(Bytes value) throws MalformedMessage {
    CanonicalReader in = new CanonicalReader(value);
    String bucket = in.string(1, BUCKET_MAX);
    String key = in.string(2, Names.KEY_MAX);
    Bytes objectId = in.optionalFixedBytes(3, StoredObject.ID_SIZE);
    long length = in.u64(4);
    Instant created = instant(in.u64(5));
    Instant modified = instant(in.u64(6));
    Instant synchronizedAt = instant(in.u64(7));
    long expires = in.u64(8);
    int copies = in.u32(9, 10);
    String chiprice = in.string(10, PRICE_MAX);
    String metadata = in.string(11, Names.METADATA_MAX);
    in.end();
    return new IndexEntry(
        bucket,
        key,
        objectId.isEmpty() ? Optional.empty() : Optional.of(objectId),
        length,
        created,
        modified,
        synchronizedAt,
        expires == 0 ? Optional.empty() : Optional.of(instant(expires)),
        copies,
        chiprice,
        metadata);
  }

  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
