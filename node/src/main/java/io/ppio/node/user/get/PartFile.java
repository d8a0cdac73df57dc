package io.ppio.node.user.get;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.api.UserFailure.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The file that a download fills, beside its target and with a name of its own, until it is whole.
/// Safe for concurrent use.
public final class PartFile implements AutoCloseable {
  private final Disk disk;
  private final Path target;
  private final Path part;
  private final DiskFile file;
  private final boolean kept;

  private PartFile(Disk disk, Path target, Path part, DiskFile file, boolean kept) {
    this.disk = disk;
    this.target = target;
    this.part = part;
    this.file = file;
    this.kept = kept;
  }

  /// Where the part of a download is.
  ///
  /// @param task its id
  public static Path path(Path target, String task) {
    return target.resolveSibling("." + target.getFileName() + ".ppio-part-" + task);
  }

  /// Opens the part of a download, making it if absent.
  static PartFile open(Disk disk, Path target, String task) throws UserFailure {
    Path part = path(target, task);
    try {
      boolean kept = disk.exists(part);
      return new PartFile(disk, target, part, disk.open(part, Disk.Mode.CREATE), kept);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /// Whether it was there before, with what an earlier attempt had written.
  boolean kept() {
    return kept;
  }

  /// Writes `length` bytes at `position`; what is between pieces stays a hole.
  void write(byte[] bytes, int length, long position) throws UserFailure {
    try {
      file.write(ByteBuffer.wrap(bytes, 0, length), position);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /// Makes everything written durable.
  void force() throws UserFailure {
    try {
      file.force();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /// Makes it the target, durably; a file of that name is replaced.
  ///
  /// @param length of the whole object
  void publish(long length) throws UserFailure {
    try {
      if (file.size() != length) {
        throw new UserFailure(Code.FAIL, "the part of the download was changed by others");
      }
      file.force();
      file.close();
      disk.move(part, target);
      Path folder = target.getParent();
      if (folder != null) {
        disk.forceFolder(folder);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void close() throws UserFailure {
    try {
      file.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static UserFailure unwritable(IOException e) {
    return new UserFailure(Code.FAIL, "outfile cannot be written: " + e.getMessage());
  }
}
