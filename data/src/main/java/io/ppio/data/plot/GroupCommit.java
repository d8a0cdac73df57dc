package io.ppio.data.plot;

import io.ppio.crypto.hash.Hash;
import io.ppio.env.Clock;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.Store.Durability;
import io.ppio.env.StoreBatch;
import io.ppio.physical.disk.TileFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one place where changes of a plot become durable, in this order for each group:
///
/// 1. `force` on the tile file, if a change of the group wrote tiles: the tiles are durable.
/// 2. One synced transaction with the records of all changes: the segments are durable.
/// 3. Only then does any [#submit] return.
///
/// A group is whatever waits when the group before it is done; the task that finds nobody at work
/// does the work for all. A writer so waits for at most one other group and its own, which keeps
/// the 50 ms of the specification on any disk whose flush takes less than 25 ms, and a lone writer
/// waits for nobody.
///
/// After a failed force or transaction nothing more is written until the plot is opened again: the
/// system reports a failed write-back only once, and whether the transaction will be found after a
/// restart is unknown.
///
/// Changes of one segment are never in the same group, so each sees the outcome of the one before.
/// Safe for use by any number of tasks.
final class GroupCommit {
  /// Bounds the transaction: 64 segments of 128 tiles are about 1 MB of records.
  private static final int GROUP_MAX = 64;

  /// A change of one segment.
  interface Change {
    /// The segment.
    Hash rid();

    /// Whether tiles were written for it.
    boolean wroteTiles();

    /// Adds the change of the records.
    ///
    /// @return false when the segment is not in a state to be changed so; nothing is added then
    boolean addTo(StoreBatch batch) throws IOException;

    /// The change is durable. Called once, before [GroupCommit#submit] returns, even if its caller
    /// was cancelled meanwhile. Must not block.
    void applied();
  }

  private enum Outcome {
    APPLIED,
    REFUSED,
    FAILED
  }

  private static final class Entry {
    private final Change change;
    private boolean taken;

    /// Guarded by the monitor; the two fields below are written by the worker before it is set.
    private boolean done;

    private @Nullable Outcome outcome;
    private @Nullable IOException failure;

    Entry(Change change) {
      this.change = change;
    }

    void failed(IOException reason) {
      outcome = Outcome.FAILED;
      failure = reason;
    }
  }

  private final TileFile tiles;
  private final Store store;

  /// Guards the fields below.
  private final Monitor monitor;

  private final ArrayDeque<Entry> queue = new ArrayDeque<>();
  private boolean atWork;
  private @Nullable IOException broken;

  GroupCommit(TileFile tiles, Store store, Clock clock) {
    this.tiles = tiles;
    this.store = store;
    this.monitor = new Monitor(clock);
  }

  /// Makes `change` durable.
  ///
  /// @return false when it was refused and nothing changed
  /// @throws IOException when nothing changed, or, if [#checkWritable] throws from now on, when the
  ///   change may or may not be found after the plot was opened again
  /// @throws InterruptedException when the caller is cancelled before the work on its change began;
  ///   nothing changed. A caller cancelled later waits for the outcome and stays interrupted
  boolean submit(Change change) throws IOException, InterruptedException {
    Entry entry = new Entry(change);
    enqueue(entry);
    while (true) {
      List<Entry> group = awaitTurn(entry);
      if (group.isEmpty()) {
        return outcomeOf(entry);
      }
      work(group);
    }
  }

  private void enqueue(Entry entry) throws IOException {
    monitor.lock();
    try {
      refuseIfBroken();
      queue.add(entry);
    } finally {
      monitor.unlock();
    }
  }

  /// Waits until the entry is done, or until it falls to this task to do a group.
  ///
  /// @return the group; empty when the entry is done
  private List<Entry> awaitTurn(Entry entry) throws InterruptedException {
    boolean interrupted = false;
    monitor.lock();
    try {
      while (!entry.done) {
        if (!atWork) {
          atWork = true;
          return nextGroup();
        }
        try {
          monitor.await();
        } catch (InterruptedException e) {
          if (!entry.taken) {
            queue.remove(entry);
            throw e;
          }
          interrupted = true;
        }
      }
      return List.of();
    } finally {
      monitor.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<Entry> nextGroup() {
    List<Entry> group = new ArrayList<>();
    Set<Hash> rids = new LinkedHashSet<>();
    Iterator<Entry> waiting = queue.iterator();
    while (waiting.hasNext() && group.size() < GROUP_MAX) {
      Entry entry = waiting.next();
      if (rids.add(entry.change.rid())) {
        entry.taken = true;
        group.add(entry);
        waiting.remove();
      }
    }
    return group;
  }

  private void work(List<Entry> group) {
    StoreBatch batch = new StoreBatch();
    List<Entry> accepted = new ArrayList<>();
    IOException failure = new IOException("the commit ended abruptly");
    boolean durable = false;
    try {
      for (Entry entry : group) {
        if (isAccepted(entry, batch)) {
          accepted.add(entry);
        }
      }
      makeDurable(accepted, batch);
      durable = true;
    } catch (IOException e) {
      failure = e;
    } finally {
      settle(group, durable ? Optional.empty() : Optional.of(failure));
    }
  }

  private static boolean isAccepted(Entry entry, StoreBatch batch) {
    try {
      if (entry.change.addTo(batch)) {
        return true;
      }
      entry.outcome = Outcome.REFUSED;
    } catch (IOException e) {
      entry.failed(e);
    }
    return false;
  }

  private void makeDurable(List<Entry> accepted, StoreBatch batch) throws IOException {
    if (accepted.isEmpty()) {
      return;
    }
    if (accepted.stream().anyMatch(entry -> entry.change.wroteTiles())) {
      tiles.force();
    }
    if (!store.commit(batch, Durability.SYNCED)) {
      throw new IllegalStateException("a batch without expectations is always applied");
    }
    accepted.forEach(entry -> entry.change.applied());
  }

  private void settle(List<Entry> group, Optional<IOException> failure) {
    monitor.lock();
    try {
      for (Entry entry : group) {
        if (entry.outcome == null && failure.isPresent()) {
          entry.failed(failure.get());
        } else if (entry.outcome == null) {
          entry.outcome = Outcome.APPLIED;
        }
        entry.done = true;
      }
      failure.ifPresent(this::breakWith);
      atWork = false;
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  private void breakWith(IOException reason) {
    if (broken == null) {
      broken = reason;
    }
    for (Entry entry : queue) {
      entry.failed(reason);
      entry.done = true;
    }
    queue.clear();
  }

  private static boolean outcomeOf(Entry entry) throws IOException {
    IOException failure = entry.failure;
    if (failure != null) {
      throw new IOException("not committed: " + failure.getMessage(), failure);
    }
    return entry.outcome == Outcome.APPLIED;
  }

  /// Refuses further changes because of `reason`.
  void fail(IOException reason) {
    monitor.lock();
    try {
      breakWith(reason);
      monitor.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// Why the plot takes no more changes; empty while it does.
  Optional<IOException> failure() {
    monitor.lock();
    try {
      return Optional.ofNullable(broken);
    } finally {
      monitor.unlock();
    }
  }

  /// @throws IOException when the plot takes no more changes
  void checkWritable() throws IOException {
    monitor.lock();
    try {
      refuseIfBroken();
    } finally {
      monitor.unlock();
    }
  }

  private void refuseIfBroken() throws IOException {
    IOException reason = broken;
    if (reason != null) {
      throw new IOException(
          tiles.path() + " takes no more changes until it is opened again: " + reason.getMessage(),
          reason);
    }
  }
}
