package io.ppio.physical.disk;

import io.ppio.env.Check;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The hard limit of what a node may keep on its disks, in bytes, and what it is used for.
///
/// Space is counted when it is promised, not when it is written, and never by looking at the disk:
/// each owner takes what it is about to use and gives back what it has deleted. After a restart
/// each owner takes again what its own records say.
///
/// Safe for use by any number of tasks; no call waits.
public final class Quota {
  /// What space is used for.
  public enum Use {
    /// Plot files.
    PLOT,
    /// Segments that are not sealed yet.
    STAGING,
    /// Stores of records: an upper bound set aside when a plot is opened.
    METADATA
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final long limitBytes;
  private final Map<Use, Long> used = new EnumMap<>(Use.class);
  private long total;

  /// @param limitBytes at least 0
  public Quota(long limitBytes) {
    this.limitBytes = Check.range(limitBytes, 0, Long.MAX_VALUE, "limitBytes");
  }

  /// Takes `bytes` if they are free.
  ///
  /// @return whether they were taken
  public boolean take(Use use, long bytes) {
    Check.range(bytes, 0, Long.MAX_VALUE, "bytes");
    lock.lock();
    try {
      if (bytes > limitBytes - total) {
        return false;
      }
      add(use, bytes);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Counts `bytes` that are on the disk already and must be kept, even beyond a limit that was
  /// lowered since; nothing more is granted until enough was given back.
  public void charge(Use use, long bytes) {
    Check.range(bytes, 0, Long.MAX_VALUE, "bytes");
    lock.lock();
    try {
      add(use, bytes);
    } finally {
      lock.unlock();
    }
  }

  /// Gives `bytes` back that were taken for `use`.
  public void give(Use use, long bytes) {
    Check.range(bytes, 0, Long.MAX_VALUE, "bytes");
    lock.lock();
    try {
      Check.that(
          used.getOrDefault(use, 0L) >= bytes, "more space given back than taken for " + use);
      add(use, -bytes);
    } finally {
      lock.unlock();
    }
  }

  private void add(Use use, long bytes) {
    used.merge(use, bytes, Math::addExact);
    total = Math.addExact(total, bytes);
  }

  /// Bytes taken for `use`.
  public long used(Use use) {
    lock.lock();
    try {
      return used.getOrDefault(use, 0L);
    } finally {
      lock.unlock();
    }
  }

  /// Bytes that can still be taken.
  public long free() {
    lock.lock();
    try {
      return Math.max(0, limitBytes - total);
    } finally {
      lock.unlock();
    }
  }
}
