package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/// The SHA-256 over everything that happened in a world, in order.
///
/// One record is time (8 bytes), node (4), kind (1) and two details (8 each), big endian; text is
/// recorded by its length and CRC-32C.
final class Trace {
  /// What happened.
  enum Kind {
    /// A task went on; its number.
    RUN(1),
    /// An action of the script.
    SCRIPT(2),
    /// A line was logged; length and checksum.
    LOG(3),
    /// A node was started (incarnation), killed, or its task failed (checksum of the text).
    START(4),
    KILL(5),
    TASK_FAILED(6),
    /// A link was opened (number, port), refused, broken.
    LINK_OPENED(7),
    LINK_REFUSED(8),
    LINK_BROKEN(9),
    /// Bytes arrived: count and checksum; or the end of a link did.
    DELIVERED(10),
    LINK_ENDED(11),
    /// A disk was written, forced, changed its names, recovered from a crash.
    FILE_WRITE(12),
    FILE_FORCE(13),
    NAMES(14),
    FOLDER_FORCE(15),
    RECOVERED(16),
    /// A store took a batch: its number, and whether it was synced.
    COMMIT(17),
    /// A fault that had a probability came true; its code.
    FAULT(18);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  private static final int RECORD_BYTES = 29;

  private final MessageDigest digest = sha256();
  private final ByteBuffer pending = ByteBuffer.allocate(RECORD_BYTES * 1024);

  void record(long timeNanos, int node, Kind kind, long first, long second) {
    if (pending.remaining() < RECORD_BYTES) {
      flush();
    }
    pending.putLong(timeNanos).putInt(node).put(kind.code);
    pending.putLong(first).putLong(second);
  }

  /// The hash over all records so far.
  Bytes hash() {
    flush();
    try {
      return Bytes.of(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 cannot be copied", e);
    }
  }

  private void flush() {
    digest.update(pending.flip());
    pending.clear();
  }

  static long checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.duplicate());
    return sum.getValue();
  }

  static long checksum(String text) {
    return checksum(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
