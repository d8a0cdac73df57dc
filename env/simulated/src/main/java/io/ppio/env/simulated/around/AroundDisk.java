package io.ppio.env.simulated.around;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.FolderLock;
import io.ppio.env.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A disk around another one, whose files and stores may be wrapped.
public abstract class AroundDisk implements Disk {
  private final Disk inner;

  protected AroundDisk(Disk inner) {
    this.inner = inner;
  }

  /// What a caller gets for the file that was opened at `path`.
  protected DiskFile around(Path path, DiskFile file) {
    return file;
  }

  /// What a caller gets for a store that was opened.
  protected Store around(Store store) throws IOException {
    return store;
  }

  @Override
  public DiskFile open(Path path, Mode mode) throws IOException {
    return around(path, inner.open(path, mode));
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    inner.createFolders(folder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    inner.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    inner.delete(path);
  }

  @Override
  public boolean exists(Path path) {
    return inner.exists(path);
  }

  @Override
  public long modifiedMillis(Path path) throws IOException {
    return inner.modifiedMillis(path);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    return inner.list(folder);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    inner.forceFolder(folder);
  }

  @Override
  public boolean restrict(Path path) throws IOException {
    return inner.restrict(path);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return inner.usableBytes(path);
  }

  @Override
  public FolderLock lock(Path folder) throws IOException {
    return inner.lock(folder);
  }

  @Override
  public Store openStore(Path folder) throws IOException {
    return around(inner.openStore(folder));
  }
}
