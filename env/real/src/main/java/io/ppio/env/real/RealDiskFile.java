package io.ppio.env.real;

import io.ppio.env.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;

/// A file of the machine. All calls run on [DiskThreads].
final class RealDiskFile implements DiskFile {
  /// A heap buffer passes through a direct one of its size that its thread keeps, so pieces are
  /// bounded.
  private static final int PIECE_BYTES = 1 << 20;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PIECE_BYTES).asReadOnlyBuffer();

  private final Path path;
  private final FileChannel channel;

  RealDiskFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return onDisk(() -> {
      ByteBuffer piece = piece(target);
      int count = channel.read(piece, position);
      target.position(target.position() + Math.max(0, count));
      return count;
    });
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    onDisk(() -> writeAll(source, position));
  }

  private int writeAll(ByteBuffer source, long position) throws IOException {
    int written = 0;
    while (source.hasRemaining()) {
      int count = channel.write(piece(source), position + written);
      source.position(source.position() + count);
      written += count;
    }
    return written;
  }

  private static ByteBuffer piece(ByteBuffer whole) {
    return whole.slice(whole.position(), Math.min(whole.remaining(), PIECE_BYTES));
  }

  @Override
  public void force() throws IOException {
    onDisk(() -> {
      channel.force(false);
      return 0;
    });
  }

  @Override
  public long size() throws IOException {
    return onDisk(channel::size);
  }

  /// A file that was only lengthened has no blocks: the system is asked for them, and where it
  /// cannot give them zeros are written. A failure gives back what was taken.
  @Override
  public void allocate(long size) throws IOException {
    onDisk(() -> {
      long before = channel.size();
      checkRoom(size - before);
      if (size <= before || BlockReservation.reserve(path, before, size)) {
        return 0;
      }
      try {
        for (long at = before; at < size; ) {
          at += writeAll(ZEROS.slice(0, (int) Math.min(PIECE_BYTES, size - at)), at);
        }
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
      return 0;
    });
  }

  private void checkRoom(long bytes) throws IOException {
    long usable = RealDisk.usable(path);
    if (bytes > usable) {
      throw new IOException(
          path + ": " + bytes + " bytes more are needed, " + usable + " are free");
    }
  }

  @Override
  public void close() throws IOException {
    DiskThreads.run(channel::close);
  }

  private <T> T onDisk(DiskThreads.Call<T> call) throws IOException {
    try {
      return DiskThreads.call(call);
    } catch (ClosedChannelException e) {
      throw new IOException(path + " is closed", e);
    } catch (NonWritableChannelException e) {
      throw new IOException(path + " is open for reading only", e);
    }
  }
}
