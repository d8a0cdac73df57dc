package io.ppio.physical.disk;

import io.ppio.physical.disk.Quota.Use;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;

/// What was opened so far on the way to something that needs all of it; closing it undoes that, the
/// last first, unless it was [#done]. Owned by one task.
public final class Rollback implements AutoCloseable {
  private final ArrayDeque<Closeable> parts = new ArrayDeque<>();

  /// Remembers how to undo one step.
  public void undoWith(Closeable undo) {
    parts.push(undo);
  }

  /// Takes space of the quota.
  ///
  /// @param what for whom, in an error
  public void take(Quota quota, Use use, long bytes, String what) throws QuotaExceeded {
    if (!quota.take(use, bytes)) {
      throw new QuotaExceeded(what, bytes, quota.free());
    }
    undoWith(() -> quota.give(use, bytes));
  }

  /// Everything is there: nothing is undone.
  public void done() {
    parts.clear();
  }

  @Override
  public void close() throws IOException {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
