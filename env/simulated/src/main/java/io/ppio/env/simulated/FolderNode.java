package io.ppio.env.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A folder: the names seen now, those a crash would leave for sure, and the changes between.
final class FolderNode implements Inode {
  /// Names that changed together; an empty value means that the name is gone.
  private record Change(long sequence, SequencedMap<String, Optional<Inode>> names) {}

  private final TreeMap<String, Inode> live = new TreeMap<>();
  private final TreeMap<String, Inode> durable = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  Optional<Inode> find(String name) {
    return Optional.ofNullable(live.get(name));
  }

  List<String> names() {
    return List.copyOf(live.keySet());
  }

  List<Inode> entries() {
    return List.copyOf(live.values());
  }

  /// Changes names in one step.
  void change(Volume volume, SequencedMap<String, Optional<Inode>> names) {
    Change change = new Change(volume.nextChange(), names);
    apply(change, live);
    changes.add(change);
    volume.dirty(this);
  }

  private static void apply(Change change, Map<String, Inode> to) {
    change
        .names()
        .forEach((name, inode) ->
            inode.ifPresentOrElse(present -> to.put(name, present), () -> to.remove(name)));
  }

  /// Makes the changes before `sequence` durable.
  void force(Volume volume, long sequence) {
    while (!changes.isEmpty() && changes.getFirst().sequence() < sequence) {
      apply(changes.removeFirst(), durable);
    }
    if (changes.isEmpty()) {
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
        apply(change, durable);
      }
    }
    changes.clear();
    live.clear();
    live.putAll(durable);
  }
}
