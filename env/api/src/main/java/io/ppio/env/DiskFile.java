package io.ppio.env;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file, read and written at explicit positions. Safe for concurrent use.
public interface DiskFile extends AutoCloseable {
  /// Reads up to the remaining bytes of `target` from `position`.
  ///
  /// @return bytes read, or -1 when `position` is at or after the end
  int read(ByteBuffer target, long position) throws IOException;

  /// Writes all remaining bytes of `source` at `position`, extending the file where needed.
  ///
  /// @throws IOException when the disk is full or broken; a part may have been written
  void write(ByteBuffer source, long position) throws IOException;

  /// Waits until everything written before is on the medium, size included (`fdatasync`).
  void force() throws IOException;

  /// Bytes in the file.
  long size() throws IOException;

  /// Reserves space so that later writes below `size` cannot fail for lack of it; extends the file
  /// with zeros.
  void allocate(long size) throws IOException;

  /// Closes without forcing. Idempotent.
  @Override
  void close() throws IOException;

  /// Fills `target` from `position`.
  ///
  /// @throws EOFException when the file ends first
  default void readFully(ByteBuffer target, long position) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = read(target, at);
      if (count < 0) {
        throw new EOFException(
            "file ends at " + at + ", " + target.remaining() + " bytes more were expected");
      }
      at += count;
    }
  }
}
