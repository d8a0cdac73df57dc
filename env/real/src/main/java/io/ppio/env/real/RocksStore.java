package io.ppio.env.real;

import io.ppio.env.Bytes;
import io.ppio.env.Monitor;
import io.ppio.env.Store;
import io.ppio.env.StoreBatch;
import io.ppio.env.StoreBatch.Change;
import io.ppio.env.StoreBatch.Expectation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// A store in RocksDB.
///
/// A commit first enters the `order` lock, under which its expectations are read and its changes go
/// to the log and the memory table without waiting for the medium. That makes batches one after the
/// other and conditions atomic. A synced commit then waits, outside that lock, until the log up to
/// it is flushed: one of the waiting tasks flushes for all that have written by then, so the number
/// of flushes does not grow with the number of tasks. A batch may be read by others before it is
/// durable; whoever commits after having read it and waits, waits for both.
///
/// Native memory is freed once, by [#close], after the calls inside have left; later calls fail.
final class RocksStore implements Store {
  private final Path folder;
  private final RocksDB db;
  private final Options options;
  private final WriteOptions unsynced = new WriteOptions();
  private final ReadOptions latest = new ReadOptions();

  private final ReentrantLock order = new ReentrantLock();

  /// Batches written so far; guarded by `order`.
  private long written;

  /// Guards the fields below.
  private final Monitor flushing = new Monitor(RealClock.INSTANCE);

  private long flushed;
  private boolean flusherAtWork;

  /// Guards the fields below.
  private final Monitor gate = new Monitor(RealClock.INSTANCE);

  private int callsInside;
  private boolean closing;
  private boolean freed;

  private RocksStore(Path folder, RocksDB db, Options options) {
    this.folder = folder;
    this.db = db;
    this.options = options;
  }

  static RocksStore open(Path folder) throws IOException {
    RocksLibrary.load();
    Options options = RocksLibrary.options();
    boolean opened = false;
    try {
      RocksDB db =
          DiskThreads.call(() -> {
            try {
              return RocksDB.open(options, folder.toString());
            } catch (RocksDBException e) {
              throw RocksLibrary.plain(folder, e);
            }
          });
      opened = true;
      return new RocksStore(folder, db, options);
    } finally {
      if (!opened) {
        options.close();
      }
    }
  }

  /// A call into native memory.
  @FunctionalInterface
  private interface Inside<T> {
    T run() throws RocksDBException, IOException;
  }

  private <T> T inside(Inside<T> call) throws IOException {
    enter();
    try {
      return call.run();
    } catch (RocksDBException e) {
      throw RocksLibrary.plain(folder, e);
    } finally {
      leave();
    }
  }

  private void enter() throws IOException {
    try (var _ = gate.hold()) {
      if (closing) {
        throw new IOException("store " + folder + " is closed");
      }
      callsInside++;
    }
  }

  private void leave() {
    try (var _ = gate.hold()) {
      callsInside--;
      if (closing) {
        gate.signalAll();
      }
    }
  }

  @Override
  public Optional<Bytes> get(Bytes key) throws IOException {
    return inside(() -> read(latest, key));
  }

  private Optional<Bytes> read(ReadOptions as, Bytes key) throws RocksDBException {
    byte @Nullable [] value = db.get(as, key.toArray());
    return value == null ? Optional.empty() : Optional.of(Bytes.of(value));
  }

  @Override
  public boolean commit(StoreBatch batch, Durability durability) throws IOException {
    return inside(() -> {
      long number = write(batch);
      if (number > 0 && durability == Durability.SYNCED) {
        flushUpTo(number);
      }
      return number > 0;
    });
  }

  /// Writes `batch` without waiting for the medium.
  ///
  /// @return its number, or 0 when an expectation did not hold
  private long write(StoreBatch batch) throws RocksDBException {
    try (WriteBatch changes = new WriteBatch()) {
      for (Change change : batch.changes()) {
        switch (change) {
          case Change.Put(Bytes key, Bytes value) -> changes.put(key.toArray(), value.toArray());
          case Change.Delete(Bytes key) -> changes.delete(key.toArray());
        }
      }
      order.lock();
      try {
        for (Expectation expectation : batch.expectations()) {
          if (!read(latest, expectation.key()).equals(expectation.value())) {
            return 0;
          }
        }
        db.write(unsynced, changes);
        return ++written;
      } finally {
        order.unlock();
      }
    }
  }

  private void flushUpTo(long number) throws IOException {
    while (isFlusher(number)) {
      flushForAll();
    }
  }

  /// Waits until batch `number` is flushed or nobody is at it.
  ///
  /// @return whether the caller has to flush now
  private boolean isFlusher(long number) {
    boolean interrupted = false;
    try (var _ = flushing.hold()) {
      while (flusherAtWork && flushed < number) {
        try {
          flushing.await();
        } catch (InterruptedException _) {
          // The batch is written: whether it is durable has to be known. The caller's next wait
          // sees it.
          interrupted = true;
        }
      }
      boolean chosen = flushed < number;
      flusherAtWork |= chosen;
      return chosen;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Flushes what is written by now.
  private void flushForAll() throws IOException {
    long done = 0;
    try {
      long all = writtenNow();
      DiskThreads.run(() -> {
        try {
          db.flushWal(true);
        } catch (RocksDBException e) {
          throw RocksLibrary.plain(folder, e);
        }
      });
      done = all;
    } finally {
      try (var _ = flushing.hold()) {
        flusherAtWork = false;
        flushed = Math.max(flushed, done);
        flushing.signalAll();
      }
    }
  }

  private long writtenNow() {
    order.lock();
    try {
      return written;
    } finally {
      order.unlock();
    }
  }

  @Override
  public void scan(Bytes from, Bytes to, Visitor visitor) throws IOException {
    inside(() -> walk(from, to, visitor));
  }

  private long walk(Bytes from, Bytes to, Visitor visitor) throws RocksDBException, IOException {
    if (from.compareTo(to) >= 0) {
      return 0;
    }
    long seen = 0;
    try (Slice end = new Slice(to.toArray());
        ReadOptions bounded = new ReadOptions().setIterateUpperBound(end).setTotalOrderSeek(true);
        RocksIterator entries = db.newIterator(bounded)) {
      boolean more = true;
      for (entries.seek(from.toArray()); more && entries.isValid(); entries.next()) {
        more = visitor.see(Bytes.of(entries.key()), Bytes.of(entries.value()));
        seen++;
      }
      // A damaged block ends the walk like the last entry does; only the status tells them apart.
      entries.status();
    }
    return seen;
  }

  @Override
  public void close() throws IOException {
    boolean interrupted = false;
    try (var _ = gate.hold()) {
      closing = true;
      while (callsInside > 0) {
        try {
          gate.await();
        } catch (InterruptedException _) {
          // Memory in use must not be freed; the caller's next wait sees the interrupt.
          interrupted = true;
        }
      }
      if (freed) {
        return;
      }
      freed = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    DiskThreads.run(this::free);
  }

  private void free() throws IOException {
    try {
      db.closeE();
    } catch (RocksDBException e) {
      throw RocksLibrary.plain(folder, e);
    } finally {
      latest.close();
      unsynced.close();
      options.close();
    }
  }
}
