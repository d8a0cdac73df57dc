package io.ppio.env.simulated;

import io.ppio.env.Bytes;
import io.ppio.env.StoreBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// A store on a disk: the state a crash would leave for sure, and the states after each batch
/// since.
///
/// A crash leaves one of these states. A synced batch whose flush was under way may be there or
/// not.
final class StoreNode implements Inode {
  /// Batches that wait in memory at most, before the oldest is written back unasked.
  private static final int UNSYNCED_MAX = 1024;

  private record State(long sequence, SortedTree tree) {}

  /// A synced commit whose flush is under way.
  record Flush(long sequence, StoreBatch batch) {}

  private final ArrayDeque<State> unsynced = new ArrayDeque<>();
  private final SequencedSet<Flush> flushes = new LinkedHashSet<>();
  private SortedTree durable = SortedTree.EMPTY;
  private @Nullable Incarnation user;

  /// Takes the store into use.
  ///
  /// @return false when it is in use already
  boolean use(Incarnation incarnation) {
    if (user != null && user.alive()) {
      return false;
    }
    user = incarnation;
    return true;
  }

  void unuse() {
    user = null;
  }

  SortedTree live() {
    return unsynced.isEmpty() ? durable : unsynced.getLast().tree();
  }

  Flush begin(Volume volume, StoreBatch batch) {
    Flush flush = new Flush(volume.nextChange(), batch);
    flushes.add(flush);
    volume.dirty(this);
    return flush;
  }

  void end(Volume volume, Flush flush) {
    flushes.remove(flush);
    cleanIfSo(volume);
  }

  /// Applies `batch`; what it left is read from now on.
  ///
  /// @return whether its expectations held
  boolean apply(Volume volume, StoreBatch batch, boolean synced) {
    Optional<SortedTree> after = after(live(), batch);
    if (after.isEmpty()) {
      return false;
    }
    if (synced) {
      durable = after.get();
      unsynced.clear();
      cleanIfSo(volume);
    } else {
      unsynced.add(new State(volume.nextChange(), after.get()));
      if (unsynced.size() > UNSYNCED_MAX) {
        durable = unsynced.remove().tree();
      }
      volume.dirty(this);
    }
    return true;
  }

  private void cleanIfSo(Volume volume) {
    if (unsynced.isEmpty() && flushes.isEmpty()) {
      volume.clean(this);
    }
  }

  private static Optional<SortedTree> after(SortedTree before, StoreBatch batch) {
    for (StoreBatch.Expectation expectation : batch.expectations()) {
      if (!before.get(expectation.key()).equals(expectation.value())) {
        return Optional.empty();
      }
    }
    SortedTree tree = before;
    for (StoreBatch.Change change : batch.changes()) {
      tree =
          switch (change) {
            case StoreBatch.Change.Put(Bytes key, Bytes value) -> tree.put(key, value);
            case StoreBatch.Change.Delete(Bytes key) -> tree.remove(key);
          };
    }
    return Optional.of(tree);
  }

  @Override
  public List<Long> unforced() {
    List<Long> all = new ArrayList<>();
    unsynced.forEach(state -> all.add(state.sequence()));
    flushes.forEach(flush -> all.add(flush.sequence()));
    all.sort(Long::compare);
    return all;
  }

  @Override
  public void crash(Crash crash) {
    List<State> states = new ArrayList<>(unsynced);
    SortedTree last = live();
    for (Flush flush : flushes) {
      Optional<SortedTree> after = after(last, flush.batch());
      if (after.isPresent()) {
        last = after.get();
        states.add(new State(flush.sequence(), last));
      }
    }
    int kept = crash.keptOf(states.size(), i -> states.get(i).sequence());
    if (kept > 0) {
      durable = states.get(kept - 1).tree();
    }
    unsynced.clear();
    flushes.clear();
    user = null;
  }
}
