package io.ppio.env.simulated;

import java.util.ArrayList;
import java.util.List;

/// A file: what is read from it now, what a crash would leave for sure, and the changes between.
final class FileNode implements Inode {
  /// A change since the last force.
  private sealed interface Change {
    long sequence();

    /// The bytes array is never changed after it was handed over.
    @SuppressWarnings("ArrayRecordComponent") // private, never compared
    record Write(long sequence, long position, byte[] bytes) implements Change {}

    record Grow(long sequence, long size) implements Change {}
  }

  private SparseBytes live = new SparseBytes();
  private SparseBytes durable = new SparseBytes();
  private final List<Change> changes = new ArrayList<>();
  private long allocated;
  private int names;
  private int handles;
  private long modifiedMillis;

  long size() {
    return live.size();
  }

  /// When the content changed last, on the node's wall clock.
  long modifiedMillis() {
    return modifiedMillis;
  }

  /// Bytes of the disk that it takes.
  long occupied() {
    return Math.max(allocated, live.occupied());
  }

  /// Whether writing `length` bytes at `position` needs no further space.
  boolean holds(long position, int length) {
    return position + length <= allocated || live.has(position, length);
  }

  /// Copies bytes from `position`; the range must lie within the size.
  void read(long position, byte[] target) {
    live.read(position, target);
  }

  /// @param bytes not changed by the caller any more
  void write(Volume volume, long position, byte[] bytes) {
    if (position + bytes.length > live.size()) {
      // The size may reach the medium without the bytes.
      changes.add(new Change.Grow(volume.nextChange(), position + bytes.length));
    }
    changes.add(new Change.Write(volume.nextChange(), position, bytes));
    live.write(position, bytes, bytes.length);
    modifiedMillis = volume.wallMillis();
    volume.dirty(this);
  }

  /// Reserves and extends.
  void allocate(Volume volume, long size) {
    if (size > live.size()) {
      changes.add(new Change.Grow(volume.nextChange(), size));
      live.resize(size);
      volume.dirty(this);
    }
    allocated = Math.max(allocated, size);
  }

  /// Makes the changes before `sequence` durable.
  void force(Volume volume, long sequence) {
    int count = 0;
    while (count < changes.size() && changes.get(count).sequence() < sequence) {
      count++;
    }
    boolean all = count == changes.size();
    for (Change change : changes.subList(0, count)) {
      switch (change) {
        case Change.Write(_, var position, var bytes) when all ->
            durable.share(live, position, bytes.length);
        case Change.Write(_, var position, var bytes) ->
            durable.write(position, bytes, bytes.length);
        case Change.Grow(_, var size) -> grow(size);
      }
    }
    changes.subList(0, count).clear();
    if (all) {
      durable.resize(live.size());
      volume.clean(this);
    }
  }

  @Override
  public List<Long> unforced() {
    return changes.stream().map(Change::sequence).toList();
  }

  @Override
  public void crash(Crash crash) {
    for (Change change : changes) {
      if (crash.keeps(change.sequence())) {
        switch (change) {
          case Change.Write(_, var position, var bytes) ->
              durable.write(position, bytes, crash.keptBytes(position, bytes.length));
          case Change.Grow(_, var size) -> grow(size);
        }
      }
    }
    changes.clear();
    live = durable;
    durable = live.copy();
    allocated = 0;
    handles = 0;
  }

  private void grow(long size) {
    durable.resize(Math.max(size, durable.size()));
  }

  // Names and open handles keep the bytes alive.

  void named() {
    names++;
  }

  void unnamed() {
    names--;
  }

  void forgetNames() {
    names = 0;
  }

  void opened() {
    handles++;
  }

  void closed() {
    handles--;
  }

  /// Whether its space is free again.
  boolean gone() {
    return names == 0 && handles == 0;
  }
}
