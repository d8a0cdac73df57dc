package io.ppio.env.simulated;

import io.ppio.env.Disk;
import io.ppio.env.DiskFile;
import io.ppio.env.FolderInUse;
import io.ppio.env.FolderLock;
import io.ppio.env.Store;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A node's disk as one incarnation of its program sees it.
///
/// Every operation takes a little seeded time first, then happens at once: a kill falls before it
/// or after it. Used from outside a task (by an invariant, say) it takes no time.
final class SimDisk implements Disk {
  private static final String STORE_NAME = "STORE";

  private final Volume volume;
  private final Incarnation incarnation;

  SimDisk(Volume volume, Incarnation incarnation) {
    this.volume = volume;
    this.incarnation = incarnation;
  }

  Volume volume() {
    return volume;
  }

  /// Begins an operation that only touches memory.
  void operate() throws IOException {
    begin(volume.model().operation().toNanos());
  }

  /// Begins an operation that waits for the medium.
  void operateOnMedium() throws IOException {
    begin(volume.model().force().toNanos());
  }

  private void begin(long maxNanos) throws IOException {
    long least = maxNanos / 10;
    incarnation.schedulingPoint(least + volume.random().upTo(maxNanos - least));
    if (volume.random().happens(volume.faults().ioError())) {
      volume.fault(FaultCounters.Fault.IO_ERROR);
      throw new IOException("input/output error");
    }
  }

  @Override
  public DiskFile open(Path path, Mode mode) throws IOException {
    operate();
    FolderNode folder = volume.folder(Volume.parent(path));
    Optional<Inode> found = folder.find(Volume.name(path));
    boolean mayMake = mode == Mode.CREATE || mode == Mode.CREATE_NEW;
    if (found.isPresent() && mode == Mode.CREATE_NEW) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (found.isEmpty() && !mayMake) {
      throw new NoSuchFileException(path.toString());
    }
    if (found.isPresent() && !(found.get() instanceof FileNode)) {
      throw new IOException(path + " is not a file");
    }
    FileNode file = (FileNode) found.orElseGet(FileNode::new);
    if (found.isEmpty()) {
      changeName(path, folder, Optional.of(file));
    }
    return new SimDiskFile(this, file, path, mode != Mode.READ);
  }

  private void changeName(Path path, FolderNode folder, Optional<Inode> inode) {
    SequencedMap<String, Optional<Inode>> names = new LinkedHashMap<>();
    names.put(Volume.name(path), inode);
    changeNames(path, folder, names);
  }

  private void changeNames(
      Path path, FolderNode folder, SequencedMap<String, Optional<Inode>> names) {
    for (var name : names.entrySet()) {
      Optional<Inode> before = folder.find(name.getKey());
      name.getValue().ifPresent(after -> named(after, 1));
      before.ifPresent(gone -> named(gone, -1));
    }
    folder.change(volume, names);
    volume.record(Trace.Kind.NAMES, Trace.checksum(Volume.absolute(path).toString()), names.size());
  }

  private void named(Inode inode, int difference) {
    if (inode instanceof FileNode file) {
      if (difference > 0) {
        file.named();
      } else {
        file.unnamed();
        volume.releaseIfGone(file);
      }
    }
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    operate();
    Path at = Path.of("/");
    FolderNode parent = volume.folder(at);
    for (Path name : Volume.absolute(folder)) {
      at = at.resolve(name);
      if (volume.find(at).isEmpty()) {
        changeName(at, parent, Optional.of(new FolderNode()));
      }
      parent = volume.folder(at);
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    operate();
    FolderNode source = volume.folder(Volume.parent(from));
    FolderNode target = volume.folder(Volume.parent(to));
    Inode moved =
        source.find(Volume.name(from)).orElseThrow(() -> new NoSuchFileException(from.toString()));
    Optional<Inode> replaced = target.find(Volume.name(to));
    if (replaced.isPresent() && replaced.get() == moved) {
      return;
    }
    if (replaced.isPresent() && !(replaced.get() instanceof FileNode)) {
      checkEmpty(to, replaced.get());
    }
    SequencedMap<String, Optional<Inode>> names = new LinkedHashMap<>();
    names.put(Volume.name(to), Optional.of(moved));
    if (source == target) {
      names.put(Volume.name(from), Optional.empty());
      changeNames(to, target, names);
    } else {
      changeNames(to, target, names);
      changeName(from, source, Optional.empty());
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    operate();
    Optional<Inode> found = volume.find(path);
    if (found.isPresent()) {
      checkEmpty(path, found.get());
      changeName(path, volume.folder(Volume.parent(path)), Optional.empty());
    }
  }

  private static void checkEmpty(Path path, Inode inode) throws DirectoryNotEmptyException {
    if (inode instanceof FolderNode folder && !folder.names().isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
  }

  @Override
  public boolean exists(Path path) {
    return volume.find(path).isPresent();
  }

  @Override
  public long modifiedMillis(Path path) throws IOException {
    operate();
    Inode found = volume.find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (found instanceof FileNode file) {
      return file.modifiedMillis();
    }
    throw new NoSuchFileException(path.toString());
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    operate();
    return volume.folder(folder).names().stream().map(folder::resolve).toList();
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    FolderNode forced = volume.folder(folder);
    long before = volume.changesSoFar();
    operateOnMedium();
    forced.force(volume, before);
    volume.record(
        Trace.Kind.FOLDER_FORCE, Trace.checksum(Volume.absolute(folder).toString()), before);
  }

  /// Nobody else can read a simulated disk.
  @Override
  public boolean restrict(Path path) throws IOException {
    operate();
    if (!exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return false;
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    operate();
    return volume.free();
  }

  @Override
  public FolderLock lock(Path folder) throws IOException {
    operate();
    volume.folder(folder);
    Optional<Incarnation> holder = volume.lock(folder, incarnation);
    if (holder.isPresent()) {
      throw new FolderInUse(folder, holder.get().number() + 1L);
    }
    return () -> volume.unlock(folder, incarnation);
  }

  /// The store's folder, and the folders above it, are durable when this returns.
  @Override
  public Store openStore(Path folder) throws IOException {
    createFolders(folder);
    Path inside = folder.resolve(STORE_NAME);
    if (volume.find(inside).isEmpty()) {
      changeName(inside, volume.folder(folder), Optional.of(new StoreNode()));
    }
    operateOnMedium();
    for (Path at = Volume.absolute(inside); at.getParent() != null; at = at.getParent()) {
      volume.folder(at.getParent()).force(volume, volume.changesSoFar());
    }
    if (volume.find(inside).orElseThrow() instanceof StoreNode store) {
      if (!store.use(incarnation)) {
        throw new IOException("the store in " + folder + " is in use");
      }
      return new SimStore(this, store);
    }
    throw new IOException(folder + " holds no store");
  }
}
