package io.ppio.env.real;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.FolderLock;
import io.ppio.env.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The disks of the machine. Relative paths start at the node's root.
final class RealDisk implements Disk {
  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OF_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path root;

  RealDisk(Path root) {
    this.root = root;
  }

  @Override
  public DiskFile open(Path path, Mode mode) throws IOException {
    Path file = root.resolve(path);
    return DiskThreads.call(
        () -> new RealDiskFile(file, FileChannel.open(file, options(mode), OWNER_ONLY_FILE)));
  }

  private static Set<? extends OpenOption> options(Mode mode) {
    return switch (mode) {
      case READ -> EnumSet.of(StandardOpenOption.READ);
      case READ_WRITE -> EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
      case CREATE ->
          EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      case CREATE_NEW ->
          EnumSet.of(
              StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    };
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    Files.createDirectories(root.resolve(folder), OWNER_ONLY_FOLDER);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(
        root.resolve(from),
        root.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    DiskThreads.run(() -> Files.deleteIfExists(root.resolve(path)));
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(root.resolve(path));
  }

  @Override
  public long modifiedMillis(Path path) throws IOException {
    return Files.getLastModifiedTime(root.resolve(path)).toMillis();
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve(folder))) {
      return entries
          .map(entry -> folder.resolve(entry.getFileName()))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + " cannot be listed", e);
    }
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    DiskThreads.run(() -> {
      try (FileChannel channel = FileChannel.open(root.resolve(folder), StandardOpenOption.READ)) {
        channel.force(true);
      }
    });
  }

  @Override
  public boolean restrict(Path path) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(root.resolve(path));
    if (OF_OWNER.containsAll(rights)) {
      return false;
    }
    rights.retainAll(OF_OWNER);
    Files.setPosixFilePermissions(root.resolve(path), rights);
    return true;
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return usable(root.resolve(path));
  }

  /// Bytes free for us on the volume of `path` or, where that is still to be made, of the nearest
  /// folder above.
  static long usable(Path path) throws IOException {
    Path existing = path;
    while (!Files.exists(existing)) {
      Path parent = existing.getParent();
      if (parent == null) {
        throw new IOException(path + ": no folder above exists");
      }
      existing = parent;
    }
    return existing.toFile().getUsableSpace();
  }

  @Override
  public FolderLock lock(Path folder) throws IOException {
    return ProcessLock.take(root.resolve(folder), OWNER_ONLY_FILE);
  }

  /// The folder itself is durable on return: RocksDB sees only to what is in it.
  @Override
  public Store openStore(Path folder) throws IOException {
    Path absolute = root.resolve(folder);
    List<Path> parents = parentsOfMissing(absolute);
    createFolders(absolute);
    boolean _ = restrict(absolute);
    // What is synced in the store must not be lost with a folder above it that never reached the
    // medium.
    for (Path parent : parents) {
      forceFolder(parent);
    }
    return RocksStore.open(absolute);
  }

  /// The folder above `folder` and above each missing ancestor of it.
  private static List<Path> parentsOfMissing(Path folder) {
    List<Path> parents = new ArrayList<>();
    Optional<Path> at = Optional.of(folder);
    while (at.isPresent()) {
      Optional<Path> parent = Optional.ofNullable(at.get().getParent());
      parent.ifPresent(parents::add);
      at = parent.filter(path -> !Files.exists(path));
    }
    return parents;
  }
}
