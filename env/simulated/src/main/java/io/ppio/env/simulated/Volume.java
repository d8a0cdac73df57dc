package io.ppio.env.simulated;

import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A node's disk as the operating system sees it: names, contents, and what has not reached the
/// medium.
///
/// Outlives the programs of the node. Paths are taken as absolute; they name nothing on the machine
/// that runs the world.
final class Volume {
  private static final Path ROOT = Path.of("/");

  private final SimWorld world;
  private final SimNode node;
  private final SeededRandom random;
  private final FolderNode root = new FolderNode();
  private final Set<Unforced> dirty = new LinkedHashSet<>();
  private final Map<Path, Incarnation> locks = new HashMap<>();
  private long changes;
  private long used;

  Volume(SimWorld world, SimNode node) {
    this.world = world;
    this.node = node;
    this.random = SeededRandom.of(world.seed(), "disk", node.name());
  }

  SimConfig.DiskModel model() {
    return world.config().disks();
  }

  SimConfig.DiskFaults faults() {
    return world.config().diskFaults();
  }

  SeededRandom random() {
    return random;
  }

  /// The node's wall clock.
  long wallMillis() {
    return world.wall(node).toEpochMilli();
  }

  void record(Trace.Kind kind, long first, long second) {
    world.record(node, kind, first, second);
  }

  void fault(FaultCounters.Fault fault) {
    world.fault(node, fault);
  }

  // Names.

  static Path absolute(Path path) {
    return ROOT.resolve(path).normalize();
  }

  Optional<Inode> find(Path path) {
    Inode at = root;
    for (Path name : absolute(path)) {
      Optional<Inode> next =
          at instanceof FolderNode folder ? folder.find(name.toString()) : Optional.empty();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  /// @throws NoSuchFileException when nothing is there
  /// @throws NotDirectoryException when it is something else
  FolderNode folder(Path path) throws NoSuchFileException, NotDirectoryException {
    Inode found = find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (found instanceof FolderNode folder) {
      return folder;
    }
    throw new NotDirectoryException(path.toString());
  }

  /// The folder that holds the name of `path`; the root's is itself.
  static Path parent(Path path) {
    Path parent = absolute(path).getParent();
    return parent == null ? ROOT : parent;
  }

  static String name(Path path) {
    Path name = absolute(path).getFileName();
    return name == null ? "" : name.toString();
  }

  // What has not reached the medium.

  /// Sequence number of the next change.
  long nextChange() {
    return changes++;
  }

  /// Every change so far has a smaller number.
  long changesSoFar() {
    return changes;
  }

  void dirty(Unforced inode) {
    dirty.add(inode);
  }

  void clean(Unforced inode) {
    dirty.remove(inode);
  }

  /// Loses a seeded part of what was not forced, and all locks.
  void crash() {
    long oldest =
        dirty.stream()
            .flatMap(inode -> inode.unforced().stream())
            .min(Long::compare)
            .orElse(changes);
    Crash crash = new Crash(random, faults(), oldest, changes);
    List.copyOf(dirty).forEach(inode -> inode.crash(crash));
    dirty.clear();
    locks.clear();
    recount();
    for (int i = 0; i < crash.lost(); i++) {
      fault(FaultCounters.Fault.LOST_WRITE);
    }
    for (int i = 0; i < crash.torn(); i++) {
      fault(FaultCounters.Fault.TORN_WRITE);
    }
    record(Trace.Kind.RECOVERED, crash.lost(), used);
  }

  // Space.

  long free() {
    return Math.max(0, model().capacityBytes() - used);
  }

  void occupy(long bytes) {
    used += bytes;
  }

  /// Forgets the space of `file` if neither a name nor a handle is left.
  void releaseIfGone(FileNode file) {
    if (file.gone()) {
      used -= file.occupied();
    }
  }

  /// A crash closed every handle, and may have left a file under two names or none.
  private void recount() {
    used = 0;
    Set<FileNode> files = new LinkedHashSet<>();
    collect(root, files);
    files.forEach(FileNode::forgetNames);
    count(root);
    files.forEach(file -> used += file.occupied());
  }

  private static void collect(FolderNode folder, Set<FileNode> files) {
    for (Inode inode : folder.entries()) {
      if (inode instanceof FileNode file) {
        files.add(file);
      } else if (inode instanceof FolderNode child) {
        collect(child, files);
      }
    }
  }

  private static void count(FolderNode folder) {
    for (Inode inode : folder.entries()) {
      if (inode instanceof FileNode file) {
        file.named();
      } else if (inode instanceof FolderNode child) {
        count(child);
      }
    }
  }

  // Locks.

  /// @return the holder that stands in the way
  Optional<Incarnation> lock(Path folder, Incarnation incarnation) {
    Optional<Incarnation> holder =
        Optional.ofNullable(locks.get(absolute(folder))).filter(Incarnation::alive);
    if (holder.isEmpty()) {
      locks.put(absolute(folder), incarnation);
    }
    return holder;
  }

  void unlock(Path folder, Incarnation incarnation) {
    locks.remove(absolute(folder), incarnation);
  }
}
