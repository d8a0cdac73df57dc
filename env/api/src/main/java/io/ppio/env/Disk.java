package io.ppio.env;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Files, folders and stores of one node.
///
/// Durability is explicit everywhere: what was not forced may be gone after a crash, and a rename
/// or a new file is only durable once its folder was forced. Safe for use by any number of tasks.
public interface Disk {
  /// How a file is opened.
  enum Mode {
    /// The file must exist; writing fails.
    READ,
    /// The file must exist.
    READ_WRITE,
    /// Made if absent, kept if present.
    CREATE,
    /// Must not exist.
    CREATE_NEW
  }

  /// Opens a file. New files are readable by their owner only.
  ///
  /// @throws java.nio.file.NoSuchFileException when it must exist and does not
  /// @throws java.nio.file.FileAlreadyExistsException when it must not exist and does
  DiskFile open(Path path, Mode mode) throws IOException;

  /// Makes `folder` and its missing parents, readable by their owner only.
  void createFolders(Path folder) throws IOException;

  /// Renames atomically, replacing `to`. Durable after [#forceFolder] of both parents.
  void move(Path from, Path to) throws IOException;

  /// Removes a file or an empty folder; no error when absent. Durable after [#forceFolder] of the
  /// parent.
  void delete(Path path) throws IOException;

  /// Whether something exists at `path`.
  boolean exists(Path path);

  /// When the content of a file changed last, in wall milliseconds since 1970.
  ///
  /// @throws java.nio.file.NoSuchFileException when it does not exist
  long modifiedMillis(Path path) throws IOException;

  /// The entries of `folder`, in name order.
  ///
  /// @throws java.nio.file.NoSuchFileException when it does not exist
  List<Path> list(Path folder) throws IOException;

  /// Makes creations, renames and removals in `folder` durable.
  void forceFolder(Path folder) throws IOException;

  /// Takes away the rights of group and others.
  ///
  /// @return whether they had any
  boolean restrict(Path path) throws IOException;

  /// Bytes that may still be written to the volume that holds `path`.
  long usableBytes(Path path) throws IOException;

  /// Locks `folder` against other processes until the lock is closed or the process ends, however
  /// it ends.
  ///
  /// @throws FolderInUse when another process has it
  FolderLock lock(Path folder) throws IOException;

  /// Opens the store in `folder`, making it if absent.
  ///
  /// @throws IOException when the store is damaged or in use
  Store openStore(Path folder) throws IOException;

  /// The whole content of a file of at most `maxBytes`.
  ///
  /// @throws IOException when the file is larger
  default byte[] readAll(Path path, int maxBytes) throws IOException {
    try (DiskFile file = open(path, Mode.READ)) {
      long size = file.size();
      if (size > maxBytes) {
        throw new IOException(
            path + " has " + size + " bytes, at most " + maxBytes + " are allowed");
      }
      byte[] content = new byte[(int) size];
      file.readFully(java.nio.ByteBuffer.wrap(content), 0);
      return content;
    }
  }

  /// Replaces the content of `path` so that after a crash it has either the old or the new one,
  /// whole.
  default void replace(Path path, byte[] content) throws IOException {
    Path aside = path.resolveSibling(path.getFileName() + ".new");
    delete(aside);
    try (DiskFile file = open(aside, Mode.CREATE_NEW)) {
      file.write(java.nio.ByteBuffer.wrap(content), 0);
      file.force();
    }
    move(aside, path);
    Path parent = path.getParent();
    if (parent != null) {
      forceFolder(parent);
    }
  }
}
