package io.ppio.env.real;

import io.ppio.env.FolderInUse;
import io.ppio.env.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A lock of the operating system on the file `.lock` of a folder.
///
/// The file holds the process id of the holder and is never removed: removing it would let a third
/// process lock a new file of that name while a second one still holds the old. The system gives
/// the lock up as soon as the holding process closes *any* descriptor of the file, so folders
/// locked here are remembered and their lock file is not opened a second time.
final class ProcessLock implements FolderLock {
  private static final String FILE = ".lock";
  private static final int PID_CHARS_MAX = 20;

  /// Device and inode of the folders this process has locked; a link to a folder is the same
  /// folder.
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Object folder;
  private final FileChannel channel;

  private ProcessLock(Object folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static ProcessLock take(Path folder, FileAttribute<?> attributes) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    if (!HELD.add(key)) {
      throw new FolderInUse(folder, ProcessHandle.current().pid());
    }
    boolean taken = false;
    try {
      FileChannel channel = DiskThreads.call(() -> lockedFile(folder, attributes));
      taken = true;
      return new ProcessLock(key, channel);
    } finally {
      if (!taken) {
        HELD.remove(key);
      }
    }
  }

  private static FileChannel lockedFile(Path folder, FileAttribute<?> attributes)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE),
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            attributes);
    boolean locked = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new FolderInUse(folder, holder(channel));
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /// The process id in the file, or 0 when there is none yet.
  private static long holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(PID_CHARS_MAX);
    channel.read(text, 0);
    String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    return pid.matches("[0-9]{1,18}") ? Long.parseLong(pid) : 0;
  }

  @Override
  public void close() {
    try {
      DiskThreads.run(channel::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(folder);
    }
  }
}
