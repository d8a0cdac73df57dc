package io.ppio.node.user.index;

import io.ppio.crypto.hash.FixedWidth;
import io.ppio.env.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Keys of the user's store, so laid out that a scan sees objects in the byte order of their names.
///
/// | first byte | rest | value |
/// |---|---|---|
/// | `b` | u64 number of the bucket | its name |
/// | `n` | name | u64 number of the bucket |
/// | `o` | bucket, 0, key with each 0 written as 0 255, 0, 1, u64 version | [IndexEntry] |
/// | `d` | object id (16) | [StoredObject] |
/// | `s` | object id (16), u32 segment | [SegmentCopies] |
/// | `r` | object id (16), u32 segment | the tile roots of the segment, one after the other |
/// | `t` | u64 creation time, task id (16) | task record |
/// | `p` | task id (16), rest chosen by the job | progress of a task |
/// | `H` | | what every role keeps: the beacon chain, the number of the last peer record |
///
/// The current version of an object has number 0; others come with versioned buckets. The 1 before
/// it keeps `a` before `a` followed by a zero byte.
public final class IndexKeys {
  private static final int VERSION_CURRENT = 0;

  private IndexKeys() {}

  static Bytes bucketByNumber(long number) {
    return Bytes.of(new FixedWidth().u8('b').u64(number).toArray());
  }

  static Bytes bucketByName(String name) {
    return Bytes.of(new FixedWidth().u8('n').bytes(utf8(name)).toArray());
  }

  static Bytes object(String bucket, String key) {
    return Bytes.of(
        new FixedWidth()
            .u8('o')
            .bytes(utf8(bucket))
            .u8(0)
            .bytes(escaped(utf8(key)))
            .u8(0)
            .u8(1)
            .u64(VERSION_CURRENT)
            .toArray());
  }

  /// Where the keys of a bucket that begin with `prefix` start.
  static Bytes objectsFrom(String bucket, byte[] prefix) {
    return Bytes.of(
        new FixedWidth().u8('o').bytes(utf8(bucket)).u8(0).bytes(escaped(prefix)).toArray());
  }

  /// Where the versions of `key` end.
  static Bytes objectsAfter(String bucket, String key) {
    return Bytes.of(
        new FixedWidth()
            .u8('o')
            .bytes(utf8(bucket))
            .u8(0)
            .bytes(escaped(utf8(key)))
            .u8(0)
            .u8(2)
            .toArray());
  }

  static Bytes storedObject(Bytes objectId) {
    return Bytes.of(new FixedWidth().u8('d').bytes(objectId).toArray());
  }

  static Bytes segment(Bytes objectId, int segment) {
    return Bytes.of(new FixedWidth().u8('s').bytes(objectId).u32(segment).toArray());
  }

  static Bytes tileRoots(Bytes objectId, int segment) {
    return Bytes.of(new FixedWidth().u8('r').bytes(objectId).u32(segment).toArray());
  }

  /// The key of a task.
  public static Bytes task(long createdMillis, Bytes taskId) {
    return Bytes.of(new FixedWidth().u8('t').u64(createdMillis).bytes(taskId).toArray());
  }

  /// The key of one record of a task's progress.
  ///
  /// @param rest what tells the records of one task apart; chosen by its job
  public static Bytes progress(Bytes taskId, Bytes rest) {
    return Bytes.of(new FixedWidth().u8('p').bytes(taskId).bytes(rest).toArray());
  }

  private static byte[] escaped(byte[] key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(key.length + 8);
    for (byte each : key) {
      out.write(each);
      if (each == 0) {
        out.write(0xff);
      }
    }
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
