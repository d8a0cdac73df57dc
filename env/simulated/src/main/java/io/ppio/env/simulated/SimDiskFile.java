package io.ppio.env.simulated;

import io.ppio.env.Check;
import io.ppio.env.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/// An open file of a simulated disk.
final class SimDiskFile implements DiskFile {
  private final SimDisk disk;
  private final Volume volume;
  private final FileNode file;
  private final Path path;
  private final boolean writable;
  private boolean closed;

  SimDiskFile(SimDisk disk, FileNode file, Path path, boolean writable) {
    this.disk = disk;
    this.volume = disk.volume();
    this.file = file;
    this.path = path;
    this.writable = writable;
    file.opened();
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private void beginChange() throws IOException {
    disk.operate();
    checkOpen();
    if (!writable) {
      throw new IOException(path + " is open for reading only");
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    Check.range(position, 0, Long.MAX_VALUE, "position");
    disk.operate();
    checkOpen();
    if (position >= file.size()) {
      return target.hasRemaining() ? -1 : 0;
    }
    byte[] bytes = new byte[(int) Math.min(target.remaining(), file.size() - position)];
    file.read(position, bytes);
    target.put(bytes);
    return bytes.length;
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    Check.range(position, 0, Long.MAX_VALUE - source.remaining(), "position");
    beginChange();
    byte[] bytes = new byte[source.remaining()];
    if (bytes.length == 0) {
      return;
    }
    source.get(source.position(), bytes);
    if (volume.random().happens(volume.faults().flippedBit())) {
      volume.fault(FaultCounters.Fault.FLIPPED_BIT);
      bytes[(int) volume.random().upTo(bytes.length - 1L)] ^= (byte) (1 << volume.random().upTo(7));
    }
    long before = file.occupied();
    checkRoom(position, bytes.length);
    file.write(volume, position, bytes);
    volume.occupy(file.occupied() - before);
    source.position(source.limit());
    volume.record(Trace.Kind.FILE_WRITE, position, Trace.checksum(ByteBuffer.wrap(bytes)));
  }

  /// Space below the size is taken for granted only where it was written or reserved.
  private void checkRoom(long position, int length) throws IOException {
    if (length > volume.free() && !file.holds(position, length)) {
      throw new IOException("no space left on the disk of " + path);
    }
  }

  @Override
  public void force() throws IOException {
    checkOpen();
    long before = volume.changesSoFar();
    disk.operateOnMedium();
    file.force(volume, before);
    volume.record(Trace.Kind.FILE_FORCE, before, file.size());
  }

  @Override
  public long size() throws IOException {
    checkOpen();
    return file.size();
  }

  @Override
  public void allocate(long size) throws IOException {
    beginChange();
    long before = file.occupied();
    if (size - before > volume.free()) {
      throw new IOException("no space left on the disk of " + path);
    }
    file.allocate(volume, size);
    volume.occupy(file.occupied() - before);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      file.closed();
      volume.releaseIfGone(file);
    }
  }
}
